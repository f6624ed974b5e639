package org.auscult.order.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.auscult.feature.Range;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.order.DoseBand;
import org.auscult.order.DoseBand.AdvisedAction;
import org.auscult.order.DoseBand.Bound;
import org.auscult.order.DrugRule;
import org.auscult.order.OrderRules;
import org.auscult.order.RegisteredOrderRules;
import org.auscult.order.RenalMeasure;
import org.auscult.order.RenalMeasure.BodyWeight;
import org.auscult.order.RenalMeasure.Kind;
import org.auscult.order.Severity;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Safety: 13. */
class OrderRuleTablesTest {
  private static final String BASE = "https://auscult.org/fhir/";
  private static final String INDEXED = "mL/min/{1.73_m2}";

  @Test
  void readsTheTableThatShips() {
    OrderRules rules = OrderRuleTables.read(shipped()).orThrow();

    assertThat(rules.canonical()).isEqualTo(BASE + "Library/renal-dosing|1.0.0");
    assertThat(rules.title()).isEqualTo("Renal dosing");
    assertThat(rules.name()).isEqualTo("renal_dosing");
    assertThat(rules.featureSet()).isEqualTo(BASE + "Library/renal-inputs|1.0.0");
    assertThat(rules.egfrModel()).isEqualTo(BASE + "Library/ckd-epi-2021|1.0.0");
    assertThat(rules.otherDrugs()).isEqualTo(BASE + "ValueSet/order-other-drugs|1.0.0");
    assertThat(rules.rules())
        .extracting(DrugRule::title)
        .containsExactly(
            "metformin",
            "dabigatran etexilate",
            "rivaroxaban",
            "enoxaparin",
            "nitrofurantoin",
            "ciprofloxacin",
            "tramadol",
            "sulfamethoxazole / trimethoprim");
    DrugRule metformin = rules.rules().get(0);
    assertThat(metformin.ingredient()).isEqualTo(Code.rxnorm("6809"));
    assertThat(metformin.valueSet()).isEqualTo(BASE + "ValueSet/order-metformin|1.0.0");
    assertThat(metformin.measure())
        .isEqualTo(new RenalMeasure(Kind.EGFR, null, Range.of("18", "40")));
    assertThat(metformin.bands())
        .extracting(DoseBand::limit, DoseBand::bound)
        .containsExactly(tuple(30, Bound.BELOW), tuple(45, Bound.BELOW));
    assertThat(metformin.source().url()).startsWith("https://www.fda.gov/");
    assertThat(metformin.source().confirmed()).contains("10.1681/ASN.2016121372");
    DrugRule dabigatran = rules.rules().get(1);
    assertThat(dabigatran.measure())
        .isEqualTo(new RenalMeasure(Kind.COCKCROFT_GAULT, BodyWeight.ACTUAL, null));
    assertThat(dabigatran.bands().get(1))
        .isEqualTo(
            new DoseBand(
                30,
                Bound.UP_TO,
                AdvisedAction.REDUCE,
                Severity.CRITICAL,
                dabigatran.bands().get(1).text(),
                "75 mg twice daily in non-valvular atrial fibrillation"));
    assertThat(dabigatran.bands().get(0).dose()).isNull();
  }

  /** Whoever reads a rule can see where it was read, and that it is not to be relied on yet. */
  @Test
  void everyRuleSaysWhereItWasConfirmed() {
    assertThat(shipped().getDescription()).contains("DEMONSTRATION CONTENT", "pharmacist");
    assertThat(shipped().getExperimental()).isTrue();
    for (DrugRule rule : OrderRuleTables.read(shipped()).orThrow().rules()) {
      assertThat(rule.source().url()).as(rule.title()).startsWith("https://");
      assertThat(rule.source().date()).as(rule.title()).matches("\\d{4}-\\d{2}-\\d{2}");
      assertThat(rule.source().confirmed().length()).as(rule.title()).isGreaterThan(40);
    }
  }

  /** A code that is in two sets would give one order two rules; one in none would pass unseen. */
  @Test
  void eachCodeIsInOneSetAndEachIngredientInItsOwn() {
    RegisteredOrderRules rules = ShippedDefinitions.orderRules("renal-dosing");
    List<Code> all = rules.codes().values().stream().flatMap(codes -> codes.stream()).toList();

    assertThat(all).doesNotHaveDuplicates().doesNotContainAnyElementsOf(rules.others());
    for (DrugRule rule : rules.rules().rules()) {
      assertThat(rules.codes().get(rule.valueSet()))
          .as(rule.title())
          .contains(rule.ingredient())
          .hasSizeGreaterThan(1);
    }
  }

  @Test
  void knowsItsProfile() {
    assertThat(OrderRuleTables.isOne(shipped())).isTrue();
    assertThat(OrderRuleTables.isOne(ShippedDefinitions.library("ckd-epi-2021"))).isFalse();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("Library.url", l -> l.setUrl(null)),
        mistake("Library.version", l -> l.setVersion(null)),
        mistake("Library.name", l -> l.setName(null)),
        mistake("Library.title", l -> l.setTitle(null)),
        mistake("Library.description", l -> l.setDescription(null)),
        mistake("Library.relatedArtifact", l -> l.setRelatedArtifact(null)),
        mistake(
            "Library.relatedArtifact",
            l ->
                l.addRelatedArtifact(
                    new RelatedArtifact()
                        .setType(RelatedArtifactType.DEPENDSON)
                        .setResource("urn:x|1"))),
        mistake(
            "Library.relatedArtifact", l -> l.getRelatedArtifactFirstRep().setResource("urn:x")),
        mistake(OrderUrls.EGFR_MODEL, l -> l.getExtension().removeIf(is(OrderUrls.EGFR_MODEL))),
        mistake(
            OrderUrls.EGFR_MODEL,
            l -> l.getExtensionByUrl(OrderUrls.EGFR_MODEL).setValue(new CanonicalType("urn:x"))),
        mistake(
            OrderUrls.OTHER_DRUGS,
            l -> l.addExtension(OrderUrls.OTHER_DRUGS, new CanonicalType("urn:x|1"))),
        mistake(OrderUrls.RULE, l -> l.getExtension().removeIf(is(OrderUrls.RULE))),
        mistake("[8].ingredient", l -> l.addExtension(rule(l, 0).copy())),
        mistake("[0].ingredient", l -> set(rule(l, 0), "ingredient", new Coding().setCode("1"))),
        mistake(
            "[0].ingredient", l -> set(rule(l, 0), "ingredient", new Coding().setSystem("urn:x"))),
        mistake("[0].ingredient", l -> remove(rule(l, 0), "ingredient")),
        mistake("[0].title", l -> remove(rule(l, 0), "title")),
        mistake("[0].title", l -> rule(l, 0).addExtension("title", new StringType("more"))),
        mistake("[0].codes", l -> remove(rule(l, 0), "codes")),
        mistake("[0].codes", l -> set(rule(l, 0), "codes", new CanonicalType("urn:x"))),
        mistake("[0].measure", l -> remove(rule(l, 0), "measure")),
        mistake("[0].measure", l -> set(rule(l, 0), "measure", new CodeType("mdrd"))),
        mistake("[1].weight", l -> remove(rule(l, 1), "weight")),
        mistake("[1].weight", l -> set(rule(l, 1), "weight", new CodeType("lean"))),
        mistake("[0].weight", l -> rule(l, 0).addExtension("weight", new CodeType("actual"))),
        mistake("[0].usualBodyMassIndex", l -> remove(rule(l, 0), "usualBodyMassIndex")),
        mistake("[0].usualBodyMassIndex", l -> usual(l).setHigh(null)),
        mistake("[0].usualBodyMassIndex", l -> usual(l).setLow(null)),
        mistake("[0].usualBodyMassIndex", l -> usual(l).getLow().setCode("g/m2")),
        mistake("[0].usualBodyMassIndex", l -> usual(l).getHigh().setCode("g/m2")),
        mistake("[0].usualBodyMassIndex", l -> usual(l).getLow().setValue(40)),
        mistake(
            "[0].usualBodyMassIndex",
            l -> set(rule(l, 0), "usualBodyMassIndex", new StringType("18 to 40"))),
        mistake(
            "[1].usualBodyMassIndex",
            l -> rule(l, 1).addExtension("usualBodyMassIndex", usual(l).copy())),
        mistake("[0].band", l -> remove(rule(l, 0), "band")),
        mistake("[0].band[0]", l -> remove(band(l, 0), "below")),
        mistake("[0].band[0]", l -> band(l, 0).addExtension("upTo", limit("30"))),
        mistake("[0].band[0]", l -> set(band(l, 0), "below", limit("30.5"))),
        mistake("[0].band[0]", l -> set(band(l, 0), "below", limit("0"))),
        mistake("[0].band[0]", l -> set(band(l, 0), "below", limit("1000"))),
        mistake(
            "[0].band[0]",
            l -> set(band(l, 0), "below", limit("30").setComparator(QuantityComparator.LESS_THAN))),
        mistake("[0].band[0]", l -> set(band(l, 0), "below", limit("30").setCode("mL/min"))),
        mistake("[0].band[0]", l -> set(band(l, 0), "below", new StringType("30"))),
        mistake("[0].band[1]", l -> set(band(l, 1), "below", limit("30"))),
        mistake("[0].band[0].action", l -> remove(band(l, 0), "action")),
        mistake("[0].band[0].action", l -> set(band(l, 0), "action", new CodeType("stop"))),
        mistake("[0].band[0].severity", l -> set(band(l, 0), "severity", new CodeType("x"))),
        mistake("[0].band[0].text", l -> remove(band(l, 0), "text")),
        mistake("[0].band[0].dose", l -> twice(band(l, 0), "dose")),
        mistake("[0].source", l -> remove(rule(l, 0), "source")),
        mistake("[0].source.title", l -> remove(source(l), "title")),
        mistake("[0].source.url", l -> remove(source(l), "url")),
        mistake("[0].source.url", l -> set(source(l), "url", new StringType("fda.gov"))),
        mistake("[0].source.date", l -> remove(source(l), "date")),
        mistake("[0].source.date", l -> twice(source(l), "date")),
        mistake("[0].source.confirmed", l -> remove(source(l), "confirmed")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void saysWhereItIsWrong(String where, Consumer<Library> change) {
    Library library = shipped();
    change.accept(library);

    assertThat(problems(library))
        .isNotEmpty()
        .allSatisfy(
            problem -> {
              assertThat(problem.where()).contains(where);
              assertThat(problem.what()).isNotBlank();
              assertThat(problem.remedy()).endsWith(".");
            });
  }

  @Test
  void saysEverythingAtOnce() {
    Library library = shipped();
    library.setVersion(null);
    remove(rule(library, 0), "title");
    remove(rule(library, 1), "source");
    remove(rule(library, 2), "weight");

    assertThat(problems(library)).hasSize(4);
  }

  @Test
  void readsADeIndexedMeasure() {
    Library library = shipped();
    Extension rule = rule(library, 1);
    set(rule, "measure", new CodeType("egfr-de-indexed"));
    remove(rule, "weight");

    assertThat(OrderRuleTables.read(library).orThrow().rules().get(1).measure())
        .isEqualTo(new RenalMeasure(Kind.EGFR_DE_INDEXED, null, null));
  }

  private static List<Problem> problems(Library library) {
    return OrderRuleTables.read(library) instanceof Parsed.Refused<OrderRules> refused
        ? refused.problems()
        : List.of();
  }

  private static Library shipped() {
    return ShippedDefinitions.library("renal-dosing");
  }

  private static Extension rule(Library library, int index) {
    return library.getExtensionsByUrl(OrderUrls.RULE).get(index);
  }

  private static Extension band(Library library, int index) {
    return rule(library, 0).getExtensionsByUrl("band").get(index);
  }

  private static Extension source(Library library) {
    return rule(library, 0).getExtensionByUrl("source");
  }

  private static org.hl7.fhir.r4.model.Range usual(Library library) {
    return (org.hl7.fhir.r4.model.Range)
        rule(library, 0).getExtensionByUrl("usualBodyMassIndex").getValue();
  }

  private static Quantity limit(String value) {
    return new Quantity()
        .setValue(new BigDecimal(value))
        .setSystem("http://unitsofmeasure.org")
        .setCode(INDEXED);
  }

  private static void set(Extension extension, String part, Type value) {
    extension.getExtensionByUrl(part).setValue(value);
  }

  private static void remove(Extension extension, String part) {
    extension.getExtension().removeIf(is(part));
  }

  private static void twice(Extension extension, String part) {
    extension.addExtension(part, new StringType("2024-01-01"));
    extension.addExtension(part, new StringType("2024-01-02"));
  }

  private static Predicate<Extension> is(String url) {
    return e -> e.getUrl().equals(url);
  }

  private static Arguments mistake(String where, Consumer<Library> change) {
    return Arguments.of(where, change);
  }
}

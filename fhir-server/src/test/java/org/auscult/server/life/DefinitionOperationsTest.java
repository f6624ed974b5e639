package org.auscult.server.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.auscult.feature.fhir.FeatureUrls;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

/** {@code $diff}, {@code $usage} and {@code $document}. */
class DefinitionOperationsTest extends LifeOverHttp {
  private Parameters ask(Library of, String operation, String... parameters) {
    return ask(of.getIdElement().getIdPart(), operation, parameters);
  }

  private Parameters ask(String id, String operation, String... parameters) {
    Parameters in = new Parameters();
    for (int i = 0; i < parameters.length; i += 2) {
      in.addParameter(parameters[i], new StringType(parameters[i + 1]));
    }
    return client()
        .operation()
        .onInstance(new IdType("Library", id))
        .named(operation)
        .withParameters(in)
        .useHttpGet()
        .execute();
  }

  private static String part(ParametersParameterComponent of, String name) {
    return of.getPart().stream()
        .filter(p -> p.getName().equals(name))
        .map(p -> p.getValue().primitiveValue())
        .findFirst()
        .orElse("");
  }

  private static ParametersParameterComponent get(
      Map<String, ParametersParameterComponent> map, String key) {
    return Objects.requireNonNull(map.get(key), key);
  }

  @Test
  void saysWhatChangedAndWhatThatDoes() {
    Library first = stored(feature("changing"));
    Library second = feature(first.getUrl(), "changing", "2.0.0");
    lookback(second, 30);
    second.setTitle("Changed");
    second
        .getDataRequirementFirstRep()
        .getCodeFilterFirstRep()
        .addCode(new Coding("http://loinc.org", "38483-4", null));
    second = stored(second);

    Parameters diff = ask(second, "$diff", "with", "1.0.0");
    assertThat(diff.getParameter("from").getValue().primitiveValue()).isEqualTo(canonical(first));
    assertThat(diff.getParameter("effect").getValue().primitiveValue()).isEqualTo("breaking");
    Map<String, ParametersParameterComponent> changes = new TreeMap<>();
    diff.getParameter().stream()
        .filter(p -> p.getName().equals("change"))
        .forEach(p -> changes.put(part(p, "part"), p));
    assertThat(changes).containsOnlyKeys("codes", "lookback", "title");
    assertThat(part(get(changes, "lookback"), "before")).isEqualTo("7 d");
    assertThat(part(get(changes, "lookback"), "after")).isEqualTo("30 d");
    assertThat(part(get(changes, "codes"), "added")).isEqualTo("http://loinc.org|38483-4");
    assertThat(part(get(changes, "title"), "effect")).isEqualTo("editorial");

    Parameters back = ask(first, "$diff", "with", canonical(second));
    assertThat(
            back.getParameter().stream()
                .filter(p -> p.getName().equals("change") && part(p, "part").equals("codes"))
                .map(p -> part(p, "removed")))
        .containsExactly("http://loinc.org|38483-4");
    Parameters same = ask(first, "$diff", "with", "1.0.0");
    assertThat(same.getParameter("effect").getValue().primitiveValue()).isEqualTo("none");
  }

  @Test
  void refusesToCompareWithWhatIsNotHere() throws Exception {
    Library only = stored(feature("only"));
    String path = "Library/" + only.getIdElement().getIdPart() + "/$diff";
    assertThat(getAs("clinician", path + "?with=9.9.9").statusCode()).isEqualTo(400);
    assertThat(getAs("clinician", path).statusCode()).isEqualTo(400);
    assertThat(getAs("clinician", path + "?with=1.0.0").statusCode()).isEqualTo(200);
  }

  @Test
  void knowsAllThatRestsOnADefinitionUpToItsDeployments() {
    Parameters usage = ask("feature-creatinine", "$usage", "_count", "1000");

    Map<String, ParametersParameterComponent> users = new TreeMap<>();
    usage.getParameter().stream()
        .filter(p -> p.getName().equals("usedBy"))
        .forEach(p -> users.put(part(p, "canonical"), p));
    String base = "https://auscult.org/fhir/";
    assertThat(users)
        .containsKeys(
            base + "Library/ckd-epi-inputs|1.0.0",
            base + "Library/ckd-epi-2021|1.0.0",
            base + "Library/renal-inputs|1.0.0",
            base + "Library/renal-dosing|1.0.0",
            base + "PlanDefinition/kidney-order-check|1.0.0");
    assertThat(part(get(users, base + "Library/renal-inputs|1.0.0"), "depth")).isEqualTo("1");
    ParametersParameterComponent deployment =
        get(users, base + "PlanDefinition/kidney-order-check|1.0.0");
    assertThat(part(deployment, "kind")).isEqualTo("deployment");
    assertThat(part(deployment, "depth")).isEqualTo("3");
    assertThat(deployment.getPart())
        .filteredOn(p -> p.getName().equals("live"))
        .allMatch(p -> ((BooleanType) p.getValue()).booleanValue())
        .hasSize(1);
    assertThat(
            usage.getParameter().stream()
                .filter(p -> p.getName().equals("restsOn"))
                .map(p -> part(p, "canonical") + " " + part(p, "kind")))
        .containsExactly("http://loinc.org code-system");
  }

  @Test
  void goesDownToValueSetsAndTheirCodeSystemsAndTurnsPages() {
    Parameters all = ask("prevent-2023", "$usage", "_count", "1000");
    List<String> kinds =
        all.getParameter().stream()
            .filter(p -> p.getName().equals("restsOn"))
            .map(p -> part(p, "kind"))
            .distinct()
            .toList();
    assertThat(kinds)
        .contains("feature-set", "feature-definition", "value-set", "code-system")
        .doesNotContain("unknown");

    int total = Integer.parseInt(all.getParameter("total").getValue().primitiveValue());
    assertThat(all.getParameter()).hasSize(3 + total);
    Parameters page = ask("prevent-2023", "$usage", "_count", "2", "_offset", "1");
    assertThat(page.getParameter()).hasSize(3 + 2);
    assertThat(page.getParameter().get(3).equalsDeep(all.getParameter().get(4))).isTrue();
    assertThat(page.getParameter("total").getValue().primitiveValue())
        .isEqualTo(String.valueOf(total));
  }

  @Test
  void readsAsAPageOnWhichNothingIsMarkup() throws Exception {
    Library input = feature("weight");
    input.setExtension(
        input.getExtension().stream()
            .filter(e -> !e.getUrl().equals(FeatureUrls.UNIT))
            .collect(Collectors.toList()));
    input.addExtension(FeatureUrls.UNIT, new CodeType("mg/dL"));
    input.setPublisher("Nephrology").setDescription("<script>alert('x')</script> & so on\u0001");
    input.setPurpose("To dose drugs.");
    input.addEditor().setName("<img src=x onerror=alert(1)>");
    input.addExtension(
        FeatureUrls.REFERENCE_RANGE,
        new Range()
            .setLow(new Quantity().setValue(new BigDecimal("0.6")).setCode("mg/dL"))
            .setHigh(new Quantity().setValue(new BigDecimal("1.2")).setCode("mg/dL")));
    input
        .addRelatedArtifact()
        .setType(RelatedArtifactType.CITATION)
        .setCitation("A paper")
        .setUrl("javascript:alert(2)");
    input = stored(input);
    Library twice = feature("twice");
    twice.setDataRequirement(null);
    twice.getExtension().removeIf(e -> e.getUrl().equals(FeatureUrls.LOOKBACK));
    twice.getExtension().removeIf(e -> e.getUrl().equals(FeatureUrls.OPERATOR));
    twice.addExtension(FeatureUrls.OPERATOR, new CodeType("derived"));
    twice.addExtension(FeatureUrls.EXPRESSION, new StringType("weight * 2"));
    twice.addRelatedArtifact().setType(RelatedArtifactType.DEPENDSON).setResource(canonical(input));
    twice = stored(twice);

    String narrative = read(input).getText().getDivAsString();
    assertThat(narrative)
        .contains("the last value")
        .contains("from 7 days before the index time to the index time")
        .contains("0.6 mg/dL to 1.2 mg/dL")
        .contains("Nephrology")
        .contains("To dose drugs.")
        .doesNotContain("<script")
        .doesNotContain("<img")
        .doesNotContain("href");
    var page = getAs("clinician", "Library/" + input.getIdElement().getIdPart() + "/$document");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'");
    assertThat(page.body())
        .contains("&lt;script&gt;")
        .contains("http://loinc.org|2160-0")
        .contains("<h2>Used by</h2>")
        .contains(canonical(twice))
        .doesNotContain("<script")
        .doesNotContain("<img")
        .doesNotContain("href")
        .doesNotContain("\u0001");
    assertThat(read(twice).getText().getDivAsString()).contains("weight * 2");
  }

  @Test
  void whatIsNoDefinitionHasNone() throws Exception {
    Library other = new Library();
    other.setUrl("https://example.org/other").setVersion("1.0.0");
    Library plain = stored(other);
    for (String operation : List.of("$usage", "$document", "$diff?with=1.0.0")) {
      String path = "Library/" + plain.getIdElement().getIdPart() + "/" + operation;
      assertThat(getAs("clinician", path).statusCode()).as(operation).isEqualTo(422);
    }
    assertThat(getAs("clinician", "Library/no-such-one/$usage").statusCode()).isEqualTo(404);
  }
}

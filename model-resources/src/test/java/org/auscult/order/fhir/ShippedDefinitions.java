package org.auscult.order.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.auscult.feature.CodedAnswers;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureSet;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.feature.fhir.FeatureSets;
import org.auscult.ig.Ig;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.model.fhir.PredictionModels;
import org.auscult.model.onnx.OnnxScorer;
import org.auscult.order.DrugRule;
import org.auscult.order.OrderRules;
import org.auscult.order.RegisteredOrderRules;
import org.auscult.timeline.Code;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;

/** Models and tables of order rules as they ship, resolved without a server. */
public final class ShippedDefinitions {
  private static final FhirContext R4 = FhirContext.forR4Cached();

  private ShippedDefinitions() {}

  /** A Library of the guide, by id; a copy of its own. */
  public static Library library(String id) {
    return R4.newJsonParser().parseResource(Library.class, Ig.json("Library-" + id + ".json"));
  }

  /** A table of order rules, by id. */
  public static RegisteredOrderRules orderRules(String id) {
    OrderRules rules = OrderRuleTables.read(library(id)).orThrow();
    Map<String, Set<Code>> codes = new HashMap<>();
    for (DrugRule rule : rules.rules()) {
      codes.put(rule.valueSet(), valueSet(rule.valueSet()));
    }
    return new RegisteredOrderRules(
        rules, featureSet(rules.featureSet()), codes, valueSet(rules.otherDrugs()));
  }

  /** A model with its ONNX file, by id. */
  public static RegisteredModel model(String id) {
    PredictionModel model = PredictionModels.read(library(id)).orThrow();
    String name = "/org/auscult/model/artifacts/" + id + ".onnx";
    try (InputStream in =
        Objects.requireNonNull(PredictionModel.class.getResourceAsStream(name), name)) {
      return new RegisteredModel(
          model,
          featureSet(model.featureSet()),
          OnnxScorer.load(in.readAllBytes(), model.inputs().size(), model.outputs().size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A feature set, by {@code url|version}. */
  public static ResolvedFeatureSet featureSet(String canonical) {
    FeatureSet set = FeatureSets.read(library(id(canonical))).orThrow();
    List<ResolvedFeature> features = new ArrayList<>();
    for (String member : set.members()) {
      features.add(feature(member));
    }
    return new ResolvedFeatureSet(set.url(), set.version(), set.name(), features);
  }

  private static ResolvedFeature feature(String canonical) {
    FeatureDefinition definition =
        new FeatureDefinitions(CodeUnits.standard()).read(library(id(canonical))).orThrow();
    Set<Code> codes = new HashSet<>(definition.codes());
    codes.addAll(valueSet(definition.valueSet()));
    CodedAnswers answers = definition.answers();
    return new ResolvedFeature(
        definition,
        codes,
        answers == null ? Set.of() : valueSet(answers.trueValueSet()),
        answers == null ? Set.of() : valueSet(answers.falseValueSet()));
  }

  /** The codes of an enumerated ValueSet, by {@code url|version}. */
  public static Set<Code> valueSet(@Nullable String canonical) {
    Set<Code> codes = new HashSet<>();
    if (canonical != null) {
      ValueSet valueSet =
          R4.newJsonParser()
              .parseResource(ValueSet.class, Ig.json("ValueSet-" + id(canonical) + ".json"));
      valueSet
          .getCompose()
          .getInclude()
          .forEach(
              i -> i.getConcept().forEach(c -> codes.add(new Code(i.getSystem(), c.getCode()))));
    }
    return codes;
  }

  private static String id(String canonical) {
    String url = canonical.substring(0, canonical.indexOf('|'));
    return url.substring(url.lastIndexOf('/') + 1);
  }
}

package org.auscult.server.adjudication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.auscult.feature.fhir.Problem;
import org.auscult.feature.fhir.Profiles;
import org.auscult.monitoring.adjudication.Judgement;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;

/** What a Questionnaire to adjudicators must be: one question, with three answers. */
final class AdjudicationForms {
  /** The link id of the question. */
  static final String VERDICT = "verdict";

  /** The link id of the text that may be added; it is kept, and read by no machine. */
  static final String COMMENT = "comment";

  private static final String ITEM = "Questionnaire.item";

  private AdjudicationForms() {}

  /** Whether a Questionnaire claims to be one. */
  static boolean isOne(Questionnaire questionnaire) {
    return Profiles.claims(questionnaire, AdjudicationUrls.QUESTIONNAIRE);
  }

  /** Everything that is wrong with one. */
  static List<Problem> problems(Questionnaire questionnaire) {
    List<Problem> problems = new ArrayList<>();
    if (!questionnaire.hasUrl() || !questionnaire.hasVersion()) {
      problems.add(
          new Problem(
              "Questionnaire.url", "url or version is missing", "Give both: plans name them."));
    }
    List<QuestionnaireItemComponent> verdicts =
        questionnaire.getItem().stream().filter(i -> VERDICT.equals(i.getLinkId())).toList();
    if (verdicts.size() != 1 || !asks(verdicts.get(0))) {
      problems.add(
          new Problem(
              ITEM,
              "it does not ask for the verdict",
              "Give one item with linkId " + VERDICT + ": a required choice of " + codes() + "."));
    }
    for (QuestionnaireItemComponent item : questionnaire.getItem()) {
      boolean isText =
          COMMENT.equals(item.getLinkId()) && item.getType() == QuestionnaireItemType.TEXT;
      boolean isShown = item.getType() == QuestionnaireItemType.DISPLAY;
      if (!VERDICT.equals(item.getLinkId()) && !isShown && (!isText || item.hasItem())) {
        problems.add(
            new Problem(
                ITEM + "('" + item.getLinkId() + "')",
                "it asks for more than the verdict",
                "Leave it out; text to read and one comment may stand beside the verdict."));
      }
    }
    return problems;
  }

  private static boolean asks(QuestionnaireItemComponent item) {
    List<String> options =
        item.getAnswerOption().stream()
            .map(option -> option.getValue() instanceof Coding coding ? code(coding) : "")
            .sorted()
            .toList();
    return item.getType() == QuestionnaireItemType.CHOICE
        && item.getRequired()
        && !item.getRepeats()
        && !item.hasItem()
        && options.equals(Arrays.stream(Judgement.values()).map(Judgement::code).sorted().toList());
  }

  private static String code(Coding coding) {
    return AdjudicationUrls.VERDICT_SYSTEM.equals(coding.getSystem()) && coding.hasCode()
        ? coding.getCode()
        : "";
  }

  private static String codes() {
    return Arrays.stream(Judgement.values()).map(Judgement::code).collect(Collectors.joining(", "));
  }
}

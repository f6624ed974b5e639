package org.auscult.server.demo;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.auscult.prediction.CardId;
import org.auscult.server.serve.ServerOptions;

/**
 * Lines that work when they are pasted: each gets the token that its call needs.
 *
 * @param root of the server
 * @param data folder of the demonstration's data
 * @param patient whose chart was opened first
 * @param card that was shown then
 * @param reader whoever pastes the lines: a user to whom no card was shown yet
 */
record TryNext(
    String root, Path data, DemoCalls calls, String patient, String card, String reader) {
  private static final String LINES =
      """

      Try next (everybody is asked for a token, and a token for a hook counts once):

        # what the server offers to an EHR
        curl -H "Authorization: Bearer $(./auscult cds-jwt --discovery{data})" {root}/cds-services

        # open a chart, as a user who has not seen the card yet; again: the same call is a retry and shows the same card
        curl -X POST {root}/cds-services/cvd-risk {signed cvd-risk} -d '{chart}'

        # the start of an encounter, and a drug order
        curl -X POST {root}/cds-services/deterioration {signed deterioration} -d '{encounter}'
        curl -X POST {root}/cds-services/kidney-order-check {signed kidney-order-check} -d '{order}'

        # the features behind it, now and about two years ago
        curl {clinician} '{root}/fhir/Patient/{patient}/$features?featureSet={set}&at={now}'
        curl {clinician} '{root}/fhir/Patient/{patient}/$features?featureSet={set}&at={earlier}'

        # what the record says of cholesterol: when it was so, and when that was known
        curl {clinician} -G '{root}/fhir/Patient/{patient}/$timeline' --data-urlencode 'code=http://loinc.org|2093-3'

        # every prediction of this patient
        curl {clinician} '{root}/fhir/RiskAssessment?subject=Patient/{patient}'

        # tell the service what became of its card
        curl -i -X POST {root}/cds-services/cvd-risk/feedback {signed cvd-risk --feedback} -d '{"feedback":[{"card":"{card}","outcome":"overridden","outcomeTimestamp":"{now}"}]}'

        # the same as an application does, under its user's own name: the answer is what the record keeps
        curl -X POST {clinician} -H 'Content-Type: application/fhir+json' '{root}/fhir/RiskAssessment/{prediction}/$feedback' -d '{"resourceType":"Parameters","parameter":[{"name":"outcome","valueCode":"overridden"},{"name":"comment","valueString":"Already treated elsewhere"}]}'

        # the model
        curl -H "Authorization: Bearer $(./auscult token --user informaticist{data})" {root}/fhir/Library/prevent-2023

        # what a SMART app must know (this needs no token), the same patient as an app sees it, and as a service does
        curl {root}/fhir/.well-known/smart-configuration
        curl -H "Authorization: Bearer $(./auscult token --user clinician --patient {patient}{data})" {root}/fhir/Patient/{patient}
        curl -H "Authorization: Bearer $(./auscult token --client demo-service{data})" '{root}/fhir/Patient?_count=1'

      """;

  /** The prediction of a card has the card's number less one. */
  private String prediction() {
    UUID shown = UUID.fromString(card);
    return CardId.journal(shown) + "." + (CardId.number(shown) - 1);
  }

  String text() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Map<String, String> values = new LinkedHashMap<>();
    values.put(
        "clinician", "-H \"Authorization: Bearer $(./auscult token --user clinician{data})\"");
    for (String service :
        new String[] {"cvd-risk", "cvd-risk --feedback", "deterioration", "kidney-order-check"}) {
      values.put(
          "signed " + service,
          "-H 'Content-Type: application/json' -H \"Authorization: Bearer $(./auscult cds-jwt"
              + " --service "
              + service
              + "{data})\"");
    }
    values.put("data", data.equals(Path.of(ServerOptions.USUAL_DATA)) ? "" : " --data " + data);
    values.put("root", root);
    values.put("chart", calls.hook("patient-view", reader, patient).toString());
    values.put("encounter", calls.encounterStart(reader, HandmadePatients.HIGH).toString());
    values.put(
        "order",
        calls.orders("order-sign", reader, HandmadePatients.STEADY, Order.METFORMIN).toString());
    values.put("patient", patient);
    values.put("card", card);
    values.put("prediction", prediction());
    values.put("set", "https://auscult.org/fhir/Library/prevent-inputs%7C1.0.0");
    values.put("now", now.toString());
    values.put("earlier", now.minus(700, ChronoUnit.DAYS).toString());
    String text = LINES;
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("{" + value.getKey() + "}", value.getValue());
    }
    return text;
  }
}

package org.auscult.prove;

import static org.auscult.prove.VectorRecords.number;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.auscult.prove.Ehr.Person;
import org.auscult.prove.Ehr.Reply;
import org.auscult.prove.Ehr.Road;

/** Drug orders that meet the kidneys: rule 13. */
final class OrderCases {
  private static final String SERVICE = "kidney-order-check";
  private static final String METFORMIN = "6809";
  private static final String ENOXAPARIN = "67108";

  private final Ehr ehr;
  private final HazardTable table;

  OrderCases(Ehr ehr, HazardTable table) {
    this.ehr = ehr;
    this.table = table;
  }

  List<SafetyProof.Case> all() {
    return List.of(this::impaired, this::well, this::unstable, this::unknownDrug, this::selections);
  }

  /** A man of 75 years; 2.5 mg/dL is an eGFR of 26, 1.0 one of 78 (CKD-EPI 2021). */
  private Person person(Road road, String... creatinines) throws IOException, InterruptedException {
    Person person = ehr.person(road, 75, "male");
    Instant last = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(3));
    for (int i = 0; i < creatinines.length; i++) {
      ObjectNode creatinine = measured(person, "2160-0", creatinines[i], "mg/dL");
      Duration before = Duration.ofHours(36L * (creatinines.length - 1 - i));
      person.add(creatinine.put("effectiveDateTime", last.minus(before).toString()));
    }
    person.add(measured(person, "29463-7", "70", "kg"));
    person.add(measured(person, "8302-2", "172", "cm"));
    return person;
  }

  private static ObjectNode measured(Person person, String loinc, String value, String unit) {
    return number(person.id(), loinc, DecimalNode.valueOf(new BigDecimal(value)), unit);
  }

  private static ObjectNode order(Person person, String id, String rxnorm) {
    ObjectNode order = VectorRecords.about(person.id(), "MedicationRequest");
    order.put("id", id).put("status", "draft").put("intent", "order");
    ObjectNode drug = order.putObject("medicationCodeableConcept");
    if (rxnorm.isEmpty()) {
      drug.put("text", "a mixture");
    } else {
      VectorRecords.coding(drug, "http://www.nlm.nih.gov/research/umls/rxnorm", rxnorm);
    }
    return order;
  }

  private Reply sign(Person person, String hook, String... rxnorms)
      throws IOException, InterruptedException {
    ObjectNode call = person.call(SERVICE, hook);
    ObjectNode context = (ObjectNode) call.path("context");
    ArrayNode entries =
        context.putObject("draftOrders").put("resourceType", "Bundle").putArray("entry");
    for (int i = 0; i < rxnorms.length; i++) {
      entries.addObject().set("resource", order(person, "draft-" + i, rxnorms[i]));
    }
    if (hook.equals("order-select")) {
      context.putArray("selections").add("MedicationRequest/draft-0");
    }
    return ehr.send(SERVICE, call);
  }

  /** Each card's indicator and summary, without its source. */
  private static String brief(Reply reply) {
    if (reply.cards().isEmpty()) {
      return reply.inWords();
    }
    List<String> words = new ArrayList<>();
    for (JsonNode card : reply.cards()) {
      String summary = card.path("summary").asText().replaceFirst(" \\(Renal dosing\\)$", "");
      words.add("[" + card.path("indicator").asText() + "] " + summary);
    }
    return String.join("; ", words);
  }

  private void impaired(Road road) throws IOException, InterruptedException {
    table.row(
        "13",
        "a drug that the kidneys do not bear",
        "metformin, creatinine 2.5 mg/dL at 75 years (" + road + ", order-sign)",
        "[critical] metformin: avoid, eGFR 26 mL/min/1.73 m²",
        brief(sign(person(road, "2.5", "2.5"), "order-sign", METFORMIN)));
  }

  private void well(Road road) throws IOException, InterruptedException {
    table.row(
        "13",
        "a warning without a reason",
        "metformin, creatinine 1.0 mg/dL (" + road + ", order-sign)",
        "no card",
        brief(sign(person(road, "1.0", "1.0"), "order-sign", METFORMIN)));
  }

  private void unstable(Road road) throws IOException, InterruptedException {
    Reply reply = sign(person(road, "1.0", "1.5"), "order-sign", ENOXAPARIN);
    List<String> suggested = new ArrayList<>();
    reply.card().path("suggestions").forEach(s -> suggested.add(s.path("label").asText()));
    table.row(
        "13",
        "a dose by a number that is not steady",
        "enoxaparin, creatinine from 1.0 to 1.5 mg/dL in 36 h (" + road + ", order-sign)",
        "[warning] Renal function unstable: do not dose by it: enoxaparin; [Order a repeat"
            + " creatinine]",
        brief(reply) + "; " + suggested);
  }

  private void unknownDrug(Road road) throws IOException, InterruptedException {
    table.row(
        "13",
        "silence on a drug that no rule knows",
        "an order of \"a mixture\", without a code (" + road + ", order-sign)",
        "[info] Not checked against renal function: a mixture",
        brief(sign(person(road, "2.5", "2.5"), "order-sign", "")));
  }

  private void selections(Road road) throws IOException, InterruptedException {
    Person person = person(road, "2.5", "2.5");
    Reply reply = sign(person, "order-select", METFORMIN, ENOXAPARIN);
    table.row(
        "13",
        "advice on what is not being ordered now",
        "metformin selected, enoxaparin drafted before (" + road + ", order-select)",
        "[critical] metformin: avoid, eGFR 26 mL/min/1.73 m²; 0 orders stored",
        brief(reply) + "; " + person.found("MedicationRequest").size() + " orders stored");
  }
}

package org.auscult.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;

/** Patients of a ward: their early warning scores, and drug orders that meet their kidneys. */
final class WardTour {
  private static final String KIDNEYS = "kidney-order-check";

  private final DemoCalls calls;
  private final PrintStream out;
  private final String user;

  WardTour(DemoCalls calls, PrintStream out, String user) {
    this.calls = calls;
    this.out = out;
    this.user = user;
  }

  void walk() throws IOException, InterruptedException {
    out.printf(
        "%nFive patients made by hand (see the demonstration's README), with values of now.%n");
    HttpResponse<String> written = calls.post("/fhir", HandmadePatients.transaction(Instant.now()));
    if (written.statusCode() != 200) {
      throw new IOException("The patients made by hand were not taken: " + written.statusCode());
    }
    for (String patient :
        List.of(HandmadePatients.LOW, HandmadePatients.MEDIUM, HandmadePatients.HIGH)) {
      show(
          "A chart is opened (patient-view): Patient/" + patient,
          "deterioration",
          calls.hook("patient-view", user, patient),
          "No card: below the threshold from which this hook shows one.");
    }
    show(
        "An encounter starts (encounter-start): Patient/" + HandmadePatients.LOW,
        "deterioration",
        calls.encounterStart(user, HandmadePatients.LOW),
        "No card.");
    order("order-select", HandmadePatients.STEADY, Order.METFORMIN);
    order("order-sign", HandmadePatients.UNSTEADY, Order.ENOXAPARIN, Order.BY_TEXT);
  }

  private void order(String hook, String patient, Order... orders)
      throws IOException, InterruptedException {
    StringBuilder drugs = new StringBuilder();
    for (Order order : orders) {
      drugs.append(drugs.isEmpty() ? "" : "; ").append(order.drug());
    }
    show(
        "A drug is ordered (" + hook + "): " + drugs + ", for Patient/" + patient,
        KIDNEYS,
        calls.orders(hook, user, patient, orders),
        "No card.");
  }

  private void show(String title, String service, JsonNode call, String nothing)
      throws IOException, InterruptedException {
    out.printf("%n%s%n", title);
    JsonNode cards = calls.cards(service, call);
    if (cards.isEmpty()) {
      out.println("  " + nothing);
    }
    for (JsonNode card : cards) {
      out.print(PlainCard.of(card));
    }
  }
}

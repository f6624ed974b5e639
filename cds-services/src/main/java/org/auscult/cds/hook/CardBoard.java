package org.auscult.cds.hook;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.auscult.cds.Card;
import org.auscult.cds.fhir.RecordedResult;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.Recording;
import org.auscult.display.Candidate;
import org.auscult.display.Decision;
import org.auscult.display.DisplayPolicy;
import org.auscult.display.DisplayRules;
import org.auscult.display.Past;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result.Predicted;
import org.auscult.prediction.Redaction;

/**
 * The cards of one call, of all deployments that answer it: which of them are shown, and in which
 * order. What is decided stands in the journal entry, so that a retry shows the same.
 */
final class CardBoard {
  private final CardWriter writer;
  private final HookPorts ports;

  CardBoard(CardWriter writer, HookPorts ports) {
    this.writer = writer;
    this.ports = ports;
  }

  /** An entry with what is decided of each card that it could show. */
  JournalEntry decided(JournalEntry entry, List<Deployment> deployments, Viewer viewer) {
    Map<Integer, Candidate> candidates = new LinkedHashMap<>();
    List<DeploymentRun> runs = new ArrayList<>();
    JournalEntry open = open(entry);
    for (int i = 0; i < deployments.size(); i++) {
      Deployment deployment = deployments.get(i);
      DeploymentRun run = entry.deployments().get(i);
      List<Candidate> own =
          writer.cards(open, open.deployments().get(i), deployment).stream()
              .map(WrittenCard::candidate)
              .toList();
      own.forEach(c -> candidates.put(c.number(), c));
      DeploymentRun decided = run.with(decisions(entry, deployment, own, viewer));
      runs.add(
          deployment.display().needsHistory() ? decided.rememberedAs(deployment.url()) : decided);
    }
    return entry.with(withoutDuplicates(runs, candidates));
  }

  private List<Decision> decisions(
      JournalEntry entry, Deployment deployment, List<Candidate> candidates, Viewer viewer) {
    DisplayRules rules = deployment.display();
    Past past =
        rules.needsHistory() && !candidates.isEmpty()
            ? ports
                .history()
                .past(deployment.url(), rules, entry.call(), entry.subject(), entry.recordedAt())
            : Past.NONE;
    return DisplayPolicy.decide(
        candidates,
        rules,
        past,
        rules.audience().roles().isEmpty() ? Set.of() : viewer.roles().get(),
        viewer.settings(),
        entry.recordedAt());
  }

  private static List<DeploymentRun> withoutDuplicates(
      List<DeploymentRun> runs, Map<Integer, Candidate> candidates) {
    List<Candidate> shown =
        runs.stream()
            .flatMap(r -> r.decisions().stream())
            .filter(Decision::shows)
            .map(d -> candidates.get(d.card()))
            .toList();
    Set<Integer> duplicates = DisplayPolicy.duplicates(shown);
    return duplicates.isEmpty()
        ? runs
        : runs.stream()
            .map(
                r ->
                    r.with(
                        r.decisions().stream()
                            .map(d -> duplicates.contains(d.card()) ? d.asDuplicate() : d)
                            .toList()))
            .toList();
  }

  /**
   * What callers are asked to keep of what is shown.
   *
   * @param versions finds the version of a deployment that answered, by its canonical
   */
  List<Card.Action> actions(JournalEntry entry, Function<String, Deployment> versions) {
    List<Card.Action> actions = new ArrayList<>();
    for (DeploymentRun run : open(entry).deployments()) {
      String canonical = run.deployment();
      if (canonical != null && versions.apply(canonical).recording() == Recording.WHEN_SHOWN) {
        for (ModelRun model : run.runs()) {
          if (model.result() instanceof Predicted && entry.shows(model.index() + 1)) {
            RecordedResult.of(entry, model, this::model).ifPresent(actions::add);
          }
        }
      }
    }
    return actions;
  }

  /**
   * The uuids of the suggestions of a card that was shown.
   *
   * @param versions finds the version of a deployment that answered, by its canonical
   */
  Set<String> suggestions(JournalEntry entry, int card, Function<String, Deployment> versions) {
    return entry.shows(card)
        ? offered(entry, card, versions).suggestions().stream()
            .map(suggestion -> suggestion.uuid().toString())
            .collect(toSet())
        : Set.of();
  }

  /**
   * What a card offers to be taken over, or would have offered had it not been withheld.
   *
   * @param versions finds the version of a deployment that answered, by its canonical
   */
  CardOffer offered(JournalEntry entry, int card, Function<String, Deployment> versions) {
    JournalEntry open = open(entry);
    for (DeploymentRun run : open.deployments()) {
      String canonical = run.deployment();
      if (canonical != null && run.decision(card).isPresent()) {
        return writer.cards(open, run, versions.apply(canonical)).stream()
            .filter(written -> written.candidate().number() == card)
            .map(written -> new CardOffer(written.orders(), written.card().suggestions()))
            .findFirst()
            .orElse(CardOffer.NONE);
      }
    }
    return CardOffer.NONE;
  }

  /** What may be named to the one who looks. */
  private JournalEntry open(JournalEntry entry) {
    return Redaction.forCaller(
        entry, canonical -> ports.models().find(canonical).map(RegisteredModel::model));
  }

  private PredictionModel model(String canonical) {
    return ports
        .models()
        .find(canonical)
        .orElseThrow(() -> new IllegalStateException("Model " + canonical + " is gone"))
        .model();
  }

  /**
   * The cards that are shown, the most urgent first, otherwise in the order of deployments.
   *
   * @param versions finds the version of a deployment that answered, by its canonical
   */
  List<Card> shown(JournalEntry entry, Function<String, Deployment> versions) {
    List<WrittenCard> shown = new ArrayList<>();
    JournalEntry open = open(entry);
    for (DeploymentRun run : open.deployments()) {
      String canonical = run.deployment();
      if (canonical != null && run.decisions().stream().anyMatch(Decision::shows)) {
        Map<Integer, WrittenCard> written =
            writer.cards(open, run, versions.apply(canonical)).stream()
                .collect(toMap(w -> w.candidate().number(), w -> w));
        run.decisions().stream()
            .filter(Decision::shows)
            .flatMap(d -> Optional.ofNullable(written.get(d.card())).stream())
            .forEach(shown::add);
      }
    }
    return shown.stream()
        .sorted(Comparator.comparing((WrittenCard w) -> w.candidate().urgency()).reversed())
        .map(WrittenCard::card)
        .toList();
  }
}

package org.auscult.server.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A year for machines: the same plan gives the same bytes. */
final class YearJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private YearJson() {}

  /** One object, on several lines. */
  static String of(YearResult year) {
    ObjectNode object = JSON.createObjectNode();
    plan(object.putObject("plan"), year.plan());
    Map<Planted, Findings.Told> found = year.found();
    ArrayNode changes = object.putArray("changes");
    for (Planted planted : Planted.values()) {
      change(changes.addObject(), year, planted, found.get(planted));
    }
    put(object, "mended", year.mended());
    object.put("falseAlarms", year.falseAlarms());
    issues(object.putArray("issues"), year);
    proposals(object.putArray("proposals"), year);
    suspension(object, year);
    months(object.putArray("months"), year);
    return object.toPrettyString() + "\n";
  }

  private static void plan(ObjectNode object, YearPlan plan) {
    object.put("seed", plan.seed());
    object.put("start", plan.start().toString());
    object.put("patientsPerWeek", plan.patientsPerWeek());
    object.put("lookEveryDays", plan.every());
    object.put("suspends", plan.suspends());
    ArrayNode planted = object.putArray("planted");
    Arrays.stream(Planted.values())
        .filter(plan.planted()::contains)
        .forEach(one -> planted.add(one.code()));
  }

  private static void change(
      ObjectNode object, YearResult year, Planted planted, Findings.@Nullable Told told) {
    boolean isPlanted = year.plan().planted().contains(planted);
    object.put("change", planted.code());
    object.put("from", year.plan().from(planted).toString());
    object.put("planted", isPlanted);
    object.put("found", told != null);
    if (told == null) {
      return;
    }
    object.put("foundAt", told.at().toString());
    object.put("days", year.daysUntil(planted, told.at()));
    object.put("rule", told.rule().canonical());
    object.put("severity", told.rule().severity().code());
    object.put("kind", told.finding().kind().code());
    object.put("figure", told.measured().figure());
    if (told.feature() != null) {
      object.put("feature", told.feature());
    }
    object.put("value", told.measured().value());
    object.put("n", told.measured().n());
    object.put("text", told.finding().text());
    ArrayNode causes = object.putArray("causes");
    for (Findings.NamedCause cause : told.causes()) {
      ObjectNode named = causes.addObject();
      named.put("kind", cause.kind());
      named.put("value", cause.value());
      if (cause.since() != null) {
        named.put("since", cause.since());
      }
      named.put("text", cause.text());
    }
  }

  private static void issues(ArrayNode issues, YearResult year) {
    for (YearResult.Episode one : year.episodes()) {
      ObjectNode issue = issues.addObject();
      issue.put("id", one.issue().key().id());
      issue.put("episode", one.episode().number());
      issue.put("rule", one.issue().key().rule());
      issue.put("title", one.issue().rule().title());
      issue.put("kind", one.issue().key().kind().code());
      issue.put("severity", one.issue().rule().severity().code());
      issue.put("site", one.issue().key().site());
      issue.put("opened", one.episode().opened().toString());
      put(issue, "closed", one.episode().closed());
      one.during().ifPresent(planted -> issue.put("during", planted.code()));
      ArrayNode said = issue.putArray("said");
      one.episode().first().forEach(finding -> said.add(finding.text()));
    }
  }

  private static void proposals(ArrayNode proposals, YearResult year) {
    for (Proposals.Proposal one : year.proposals()) {
      ObjectNode proposal = proposals.addObject();
      proposal.put("at", one.at().toString());
      proposal.put("task", one.task());
      ArrayNode reasons = proposal.putArray("reasons");
      one.reasons().forEach(reasons::add);
      proposal.put("start", one.window().start().toString());
      proposal.put("end", one.window().end().toString());
      proposal.put("labels", one.window().labels());
      proposal.put("why", one.window().why().words());
    }
  }

  private static void suspension(ObjectNode object, YearResult year) {
    Year.Suspended suspended = year.suspended();
    if (suspended == null) {
      return;
    }
    Instant change = year.plan().from(Planted.CONCEPT);
    ObjectNode suspension = object.putObject("suspension");
    suspension.put("at", suspended.at().toString());
    suspension.put("issue", suspended.by().issue().key().id());
    suspension.put("rule", suspended.by().issue().key().rule());
    if (suspended.at().isAfter(change)) {
      cards(suspension.putObject("shownSinceChange"), year.cards(change, suspended.at()));
    }
    cards(suspension.putObject("withheld"), year.cards(suspended.at(), year.plan().end()));
  }

  private static void cards(ObjectNode object, YearResult.Cards cards) {
    object.put("charts", cards.charts());
    object.put("withOutcome", cards.withLabel());
    object.put("cards", cards.cards());
    object.put("falseAlarms", cards.falseAlarms());
    object.put("missed", cards.missed());
  }

  private static void months(ArrayNode months, YearResult year) {
    for (MonthOfYear one : MonthOfYear.of(year)) {
      ObjectNode month = months.addObject();
      month.put("from", one.first().toString());
      cards(month, one.cards());
      month.put("shown", one.shown());
      put(month, "auroc", one.auroc());
      put(month, "observedToExpected", one.observedToExpected());
      put(month, "overrideRate", one.overrideRate());
    }
  }

  private static void put(ObjectNode object, String name, @Nullable Double value) {
    if (value != null) {
      object.put(name, value);
    }
  }

  private static void put(ObjectNode object, String name, @Nullable Instant value) {
    if (value != null) {
      object.put(name, value.toString());
    }
  }
}

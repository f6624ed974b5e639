package org.auscult.monitoring.use;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.auscult.monitoring.performance.BoundedGroups;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.fairness.SmallCells;
import org.auscult.statistics.uncertainty.Proportion;
import org.auscult.statistics.usefulness.Reliance;
import org.auscult.statistics.usefulness.Reliance.Answers;

/**
 * All that is told of the use of a deployment's cards over a window. The same calls give the same
 * report, in whatever order they came.
 *
 * <p>What tells of the outcomes of ten people or fewer is unknown, and says so; so is all of a
 * window or a group with ten patients or fewer.
 *
 * @param counts of calls, cards, users, answers and orders, by code
 * @param withheld how many cards were not shown, by the reason
 * @param reasons how often each reason of overrides was given; seldom ones are counted together
 * @param figures overall
 * @param groups by way of grouping and group; those that may be shown, and where there are more
 *     than {@value BoundedGroups#MOST}, and it is not by site, the smallest ones as one
 */
public record UseReport(
    SortedMap<String, Long> counts,
    SortedMap<String, Long> withheld,
    SortedMap<String, Long> reasons,
    List<Estimate> figures,
    SortedMap<String, SortedMap<String, List<Estimate>>> groups) {
  /** Reasons that are told; whoever needs all has the answers themselves. */
  public static final int MOST_REASONS = 20;

  /** Under which the reasons beyond those are counted. */
  public static final String OTHER = "other";

  /** Under which overrides without a reason are counted. */
  public static final String NO_REASON = "none";

  private static final Definition CALLS_WITH_CARDS =
      Definition.of("calls-with-cards", "calls in which a card was shown / calls");
  private static final Definition RESPONSE =
      Definition.of("response-rate", "shown cards with an answer / shown cards");
  private static final Definition USERS =
      Definition.of("user-response-rate", "users who answered / users to whom a card was shown");
  private static final Definition OVERRIDE_SHOWN =
      Definition.of("override-rate-shown", "overridden / shown cards, with suggestions or not");

  /** The one of {@link Reliance} that tells of outcomes. */
  private static final String RELIANCE = "reliance";

  private static final Definition EVENT_RATE =
      Definition.of(
          "event-rate-difference-shown",
          "share of events among warnings that were shown less that among those withheld; not 0 if"
              + " acting on a prediction changes what it predicts, or if other patients are spared");

  private static final String SMALL =
      "it would tell of " + SmallCells.MOST_HIDDEN + " people or fewer";

  public UseReport {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    withheld = Collections.unmodifiableSortedMap(new TreeMap<>(withheld));
    reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
    figures = List.copyOf(figures);
    groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
  }

  /** Works it out. */
  public static UseReport of(List<AskedCall> calls) {
    List<Estimate> figures = figures(calls);
    if (patients(calls) <= SmallCells.MOST_HIDDEN) {
      figures = figures.stream().map(UseReport::withheld).toList();
    }
    return new UseReport(
        counts(calls), withheldCards(calls), reasons(calls), figures, groups(calls));
  }

  static Estimate withheld(Estimate figure) {
    return figure.definition().unknown(figure.n(), Reason.SMALL_CELL, SMALL);
  }

  private static long patients(List<AskedCall> calls) {
    return calls.stream().map(AskedCall::patient).distinct().count();
  }

  private static Stream<CardFate> shown(List<AskedCall> calls) {
    return calls.stream().flatMap(call -> call.cards().stream()).filter(CardFate::isShown);
  }

  private static SortedMap<String, Long> counts(List<AskedCall> calls) {
    SortedMap<String, Long> counts = new TreeMap<>();
    counts.put("calls", (long) calls.size());
    counts.put("shown", shown(calls).count());
    counts.put("with-suggestions", shown(calls).filter(CardFate::suggests).count());
    for (Reply reply : Reply.values()) {
      String name = reply == Reply.NONE ? "no-response-received" : reply.code();
      counts.put(name, shown(calls).filter(card -> card.reply() == reply).count());
    }
    counts.put("users", (long) users(calls, card -> true).size());
    counts.putAll(Decisions.of(calls).counts());
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private static SortedMap<String, Long> withheldCards(List<AskedCall> calls) {
    SortedMap<String, Long> counts = new TreeMap<>();
    calls.stream()
        .flatMap(call -> call.cards().stream())
        .map(CardFate::withheld)
        .filter(Objects::nonNull)
        .forEach(reason -> counts.merge(reason, 1L, Long::sum));
    return counts;
  }

  /** Users to whom such a card was shown. */
  private static Set<String> users(List<AskedCall> calls, Predicate<CardFate> which) {
    Set<String> users = new HashSet<>();
    for (AskedCall call : calls) {
      if (call.user() != null && call.cards().stream().filter(CardFate::isShown).anyMatch(which)) {
        users.add(call.user());
      }
    }
    return users;
  }

  private static SortedMap<String, Long> reasons(List<AskedCall> calls) {
    Map<String, Long> all = new TreeMap<>();
    shown(calls)
        .filter(card -> card.reply() == Reply.OVERRIDDEN)
        .forEach(
            card -> all.merge(Objects.requireNonNullElse(card.reason(), NO_REASON), 1L, Long::sum));
    List<Map.Entry<String, Long>> often =
        all.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    SortedMap<String, Long> told = new TreeMap<>();
    for (int i = 0; i < often.size(); i++) {
      String reason = i < MOST_REASONS ? often.get(i).getKey() : OTHER;
      told.merge(reason, often.get(i).getValue(), Long::sum);
    }
    return told;
  }

  private static SortedMap<String, SortedMap<String, List<Estimate>>> groups(
      List<AskedCall> calls) {
    SortedMap<String, SortedMap<String, List<AskedCall>>> parts = new TreeMap<>();
    for (AskedCall call : calls) {
      call.groups()
          .forEach(
              (way, group) ->
                  parts
                      .computeIfAbsent(way, w -> new TreeMap<>())
                      .computeIfAbsent(group, g -> new ArrayList<>())
                      .add(call));
    }
    SortedMap<String, SortedMap<String, List<Estimate>>> groups = new TreeMap<>();
    parts.forEach(
        (way, all) -> {
          SortedMap<String, List<AskedCall>> some =
              BoundedGroups.of(
                  way, all, List::size, several -> several.stream().flatMap(List::stream).toList());
          SortedMap<String, long[]> sizes = new TreeMap<>();
          some.forEach((group, part) -> sizes.put(group, new long[] {patients(part)}));
          Set<String> hidden = SmallCells.hidden(sizes, Set.of());
          SortedMap<String, List<Estimate>> told = new TreeMap<>();
          some.forEach(
              (group, part) -> {
                if (!hidden.contains(group)) {
                  told.put(group, figures(part));
                }
              });
          groups.put(way, told);
        });
    return groups;
  }

  private static List<Estimate> figures(List<AskedCall> calls) {
    List<Estimate> figures = new ArrayList<>();
    figures.add(
        new Proportion(
                calls.stream()
                    .filter(call -> call.cards().stream().anyMatch(CardFate::isShown))
                    .count(),
                calls.size())
            .estimate(CALLS_WITH_CARDS, "calls"));
    long shown = shown(calls).count();
    figures.add(
        new Proportion(shown(calls).filter(c -> c.reply() != Reply.NONE).count(), shown)
            .estimate(RESPONSE, "shown cards"));
    figures.add(
        new Proportion(shown(calls).filter(c -> c.reply() == Reply.OVERRIDDEN).count(), shown)
            .estimate(OVERRIDE_SHOWN, "shown cards"));
    figures.add(
        new Proportion(
                users(calls, card -> card.reply() != Reply.NONE).size(),
                users(calls, card -> true).size())
            .estimate(USERS, "named users"));
    figures.addAll(reliance(calls));
    figures.add(eventRates(calls));
    figures.addAll(Decisions.of(calls).figures());
    return figures;
  }

  private static List<Estimate> reliance(List<AskedCall> calls) {
    Answers right = answers(calls, card -> card.hasOutcome() && card.isRight());
    Answers wrong = answers(calls, card -> card.hasOutcome() && !card.isRight());
    Answers open = answers(calls, card -> !card.hasOutcome());
    boolean isSmall = isSmall(cards(right)) || isSmall(cards(wrong));
    return new Reliance(right, wrong, open)
        .all().stream()
            .map(
                figure ->
                    isSmall && figure.definition().name().equals(RELIANCE)
                        ? withheld(figure)
                        : figure)
            .toList();
  }

  static boolean isSmall(long count) {
    return count > 0 && count <= SmallCells.MOST_HIDDEN;
  }

  private static long cards(Answers answers) {
    return answers.accepted() + answers.overridden() + answers.silent();
  }

  private static Answers answers(List<AskedCall> calls, Predicate<CardFate> which) {
    long[] by = new long[Reply.values().length];
    shown(calls).filter(CardFate::suggests).filter(which).forEach(c -> by[c.reply().ordinal()]++);
    return new Answers(
        by[Reply.ACCEPTED.ordinal()], by[Reply.OVERRIDDEN.ordinal()], by[Reply.NONE.ordinal()]);
  }

  private static Estimate eventRates(List<AskedCall> calls) {
    return difference(
        EVENT_RATE,
        events(calls, true),
        events(calls, false),
        "it compares shown and withheld warnings, and has only one kind");
  }

  /** Of two shares; not told where one of the four counts is small. */
  static Estimate difference(
      Definition definition, Proportion shown, Proportion withheld, String whyEmpty) {
    long n = shown.of() + withheld.of();
    if (shown.of() == 0 || withheld.of() == 0) {
      return definition.unknown(n, Reason.EMPTY_CELL, whyEmpty);
    }
    if (Stream.of(shown, withheld)
        .anyMatch(
            p ->
                p.count() <= SmallCells.MOST_HIDDEN
                    || p.of() - p.count() <= SmallCells.MOST_HIDDEN)) {
      return definition.unknown(n, Reason.SMALL_CELL, SMALL);
    }
    return definition.known(n, shown.share() - withheld.share()).with(shown.newcombe(withheld));
  }

  private static Proportion events(List<AskedCall> calls, boolean areShown) {
    List<CardFate> warnings =
        calls.stream()
            .flatMap(call -> call.cards().stream())
            .filter(card -> card.warns() && card.hasOutcome() && card.isShown() == areShown)
            .toList();
    return new Proportion(warnings.stream().filter(CardFate::isRight).count(), warnings.size());
  }
}

package org.auscult.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.auscult.order.Dosage.Comparison;
import org.auscult.timeline.Code;
import org.jspecify.annotations.Nullable;

/**
 * Orders that were placed after a call, held against what was drafted in it and what its cards
 * proposed.
 *
 * <p>An order that was placed is of one draft at most. Which one it is of is told, in this order,
 * by its id (where the caller's ids are ours), by product and dosage, by product, by drug.
 *
 * @param orders those that stand
 * @param isSameDrug whether two orders are of one drug by more than a shared code, such as an
 *     ingredient that both contain
 */
public record PlacedOrders(List<Placed> orders, BiPredicate<DraftOrder, DraftOrder> isSameDrug) {
  public PlacedOrders {
    orders = List.copyOf(orders);
  }

  /**
   * An order that was placed.
   *
   * @param order its reference is our record's
   * @param evidence its version: {@code MedicationRequest/12/_history/3}
   */
  public record Placed(DraftOrder order, String evidence) {
    public Placed {
      Objects.requireNonNull(order);
      Objects.requireNonNull(evidence);
    }
  }

  /**
   * What became of one.
   *
   * @param evidence the order that tells it; null if none does
   */
  public record Found(OrderFate fate, @Nullable String evidence) {
    /** The record cannot tell. */
    public static final Found UNTOLD = new Found(OrderFate.UNTOLD, null);
  }

  private enum Likeness {
    SAME_DRUG,
    SAME_PRODUCT,
    SAME_DOSAGE,
    SAME_ID
  }

  private record Pair(int draft, int placed, Likeness likeness) {}

  /**
   * What became of drafts, each in its place.
   *
   * @param areIdsOurs whether the drafts' references are those of our record
   */
  public List<Found> ofDrafts(List<DraftOrder> drafts, boolean areIdsOurs) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      for (int j = 0; j < orders.size(); j++) {
        Likeness likeness = likeness(drafts.get(i), orders.get(j).order(), areIdsOurs);
        if (likeness != null) {
          pairs.add(new Pair(i, j, likeness));
        }
      }
    }
    pairs.sort(
        Comparator.comparing(Pair::likeness)
            .reversed()
            .thenComparing(Pair::draft)
            .thenComparing(pair -> orders.get(pair.placed()).evidence()));
    Found[] found = new Found[drafts.size()];
    Set<Integer> taken = new HashSet<>();
    for (Pair pair : pairs) {
      if (found[pair.draft()] == null && taken.add(pair.placed())) {
        Placed placed = orders.get(pair.placed());
        found[pair.draft()] =
            new Found(fate(drafts.get(pair.draft()), placed.order()), placed.evidence());
      }
    }
    for (int i = 0; i < found.length; i++) {
      if (found[i] == null) {
        // Of what has no code nobody can say that it was not placed.
        found[i] =
            drafts.get(i).codes().isEmpty() ? Found.UNTOLD : new Found(OrderFate.NOT_ORDERED, null);
      }
    }
    return Arrays.asList(found);
  }

  /** What became of an order that a card proposed; any order of its product will do. */
  public Found ofProposal(DraftOrder proposal) {
    return orders.stream()
        .filter(placed -> isSameProduct(proposal, placed.order()))
        .map(Placed::evidence)
        .sorted()
        .findFirst()
        .map(evidence -> new Found(OrderFate.ORDERED, evidence))
        .orElse(proposal.codes().isEmpty() ? Found.UNTOLD : new Found(OrderFate.NOT_ORDERED, null));
  }

  private @Nullable Likeness likeness(DraftOrder draft, DraftOrder placed, boolean areIdsOurs) {
    if (!draft.resourceType().equals(placed.resourceType())) {
      return null;
    }
    if (areIdsOurs && draft.reference().equals(placed.reference())) {
      return Likeness.SAME_ID;
    }
    if (isSameProduct(draft, placed)) {
      return draft.dosage().compare(placed.dosage()) == Comparison.SAME
          ? Likeness.SAME_DOSAGE
          : Likeness.SAME_PRODUCT;
    }
    boolean isSame =
        draft.codes().stream().anyMatch(placed.codes()::contains) || isSameDrug.test(draft, placed);
    return isSame ? Likeness.SAME_DRUG : null;
  }

  private static OrderFate fate(DraftOrder draft, DraftOrder placed) {
    if (draft.codes().isEmpty() || placed.codes().isEmpty()) {
      return OrderFate.UNTOLD;
    }
    if (!isSameProduct(draft, placed)) {
      return OrderFate.CHANGED;
    }
    return switch (draft.dosage().compare(placed.dosage())) {
      case SAME -> OrderFate.UNCHANGED;
      case OTHER -> OrderFate.CHANGED;
      case UNKNOWN -> OrderFate.UNTOLD;
    };
  }

  /** In every code system of both one names all that the other one names: drug and ingredient. */
  private static boolean isSameProduct(DraftOrder one, DraftOrder other) {
    Set<String> systems = systems(one);
    systems.retainAll(systems(other));
    return !systems.isEmpty()
        && systems.stream()
            .allMatch(
                system -> {
                  Set<Code> a = codes(one, system);
                  Set<Code> b = codes(other, system);
                  return a.containsAll(b) || b.containsAll(a);
                });
  }

  private static Set<String> systems(DraftOrder order) {
    return order.codes().stream().map(Code::system).collect(Collectors.toCollection(HashSet::new));
  }

  private static Set<Code> codes(DraftOrder order, String system) {
    return order.codes().stream()
        .filter(code -> code.system().equals(system))
        .collect(Collectors.toSet());
  }
}

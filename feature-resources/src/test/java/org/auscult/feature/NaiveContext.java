package org.auscult.feature;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.auscult.timeline.Code;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.ReferenceFlag;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/** Flags, places, and by whom, where, how and with what, for {@link NaiveEvaluator}. */
final class NaiveContext {
  private final List<Fact> everything;
  private final Predicate<Fact> visible;

  NaiveContext(List<Fact> everything, Predicate<Fact> visible) {
    this.everything = everything;
    this.visible = visible;
  }

  boolean passes(Filter filter, Fact f, boolean byFlag) {
    if (byFlag && !filter.flags().isEmpty()) {
      boolean flagged = false;
      for (ReferenceFlag asked : filter.flags()) {
        flagged |= flagged(f.context().flag(), asked).equals("1.0");
      }
      if (!flagged) {
        return false;
      }
    }
    if (!filter.locations().isEmpty()) {
      Set<Code> there = new HashSet<>(places(f));
      there.retainAll(filter.locations());
      if (there.isEmpty()) {
        return false;
      }
    }
    var done = f.context().circumstances();
    return meets(filter.how().performers(), done.performers())
        && meets(filter.how().bodySites(), done.bodySites())
        && meets(filter.how().methods(), done.methods())
        && meets(filter.how().devices(), done.devices());
  }

  private static boolean meets(Set<Code> asked, List<Code> said) {
    boolean any = asked.isEmpty();
    for (Code code : said) {
      any |= asked.contains(code);
    }
    return any;
  }

  private Set<Code> places(Fact f) {
    Set<Code> there = new HashSet<>();
    for (Fact place : everything) {
      boolean isPlace =
          place.source().kind() == ResourceKind.ENCOUNTER
              && place.codes().stream().anyMatch(c -> c.code().equals("location"))
              && place.source().id().equals(f.context().encounter())
              && place.context().author() == Author.RECORD
              && visible.test(place);
      var until = place.effective().until();
      boolean wasThere =
          Set.of("in-progress", "finished").contains(place.context().status())
              && (until != null || place.context().status().equals("in-progress"));
      var from = f.effective().from();
      boolean then =
          place.effective().from().compareTo(from) <= 0
              && (until == null
                  || (f.effective().precision() == Precision.DAY
                      ? until.compareTo(f.effective().visibleFrom()) >= 0
                      : until.compareTo(from) > 0));
      if (isPlace && wasThere && then) {
        there.addAll(place.codes());
      }
    }
    return there;
  }

  /** What is asked, answered by a table. */
  static String flagged(@Nullable ReferenceFlag flag, ReferenceFlag asked) {
    if (flag == null) {
      return "?unrecognised-value";
    }
    // Columns: normal, low, high, critical-low, critical-high, abnormal, critical.
    String row =
        switch (flag) {
          case NORMAL -> "1000000";
          case LOW -> "0100010";
          case HIGH -> "0010010";
          case CRITICAL_LOW -> "0101011";
          case CRITICAL_HIGH -> "0010111";
          case ABNORMAL -> "0????1?";
          case CRITICAL -> "0????11";
        };
    char cell = row.charAt(asked.ordinal());
    return cell == '?' ? "?unrecognised-value" : cell + ".0";
  }
}

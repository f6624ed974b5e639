package org.auscult.cds.hook;

import static java.util.stream.Collectors.toSet;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.auscult.prediction.Call;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.Protection;
import org.auscult.prediction.ProtectionFinder;

/**
 * What of a call is under special protection, and whether it is named to its user (safety rule 34).
 * Who looks is asked about only where something is protected.
 */
final class CallProtection {
  private final Disclosure disclosure;
  private final ProtectionFinder finder;

  CallProtection(HookPorts ports) {
    this.disclosure = ports.disclosure();
    this.finder = new ProtectionFinder(ports.models(), ports.orderRules());
  }

  /** An entry with what was found. */
  JournalEntry found(JournalEntry entry, Gathered gathered) {
    return finder
        .of(entry.deployments(), gathered.timeline(), labels(gathered))
        .map(found -> entry.with(found.named(mayName(found, entry, entry.call()))))
        .orElse(entry);
  }

  /** A retry may come from somebody else, or after a permission has ended. */
  JournalEntry disclosed(JournalEntry entry, Call call) {
    Protection protection = entry.protection();
    return protection == null || !protection.named() || mayName(protection, entry, call)
        ? entry
        : entry.with(protection.named(false));
  }

  private boolean mayName(Protection found, JournalEntry entry, Call call) {
    return disclosure.mayName(call.caller(), entry.subject(), Set.copyOf(found.labels()));
  }

  /** Of what the caller sent, and of our record if anything there bears one. */
  private Map<String, Set<String>> labels(Gathered gathered) {
    if (!gathered.timeline().isLabelled()) {
      return gathered.labels();
    }
    Map<String, Set<String>> labels = new HashMap<>(gathered.labels());
    disclosure
        .labels(gathered.timeline().patient())
        .forEach((resource, own) -> labels.merge(resource, own, CallProtection::union));
    return labels;
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    return Stream.concat(one.stream(), other.stream()).collect(toSet());
  }
}

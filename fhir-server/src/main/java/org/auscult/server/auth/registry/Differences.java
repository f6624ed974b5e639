package org.auscult.server.auth.registry;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What changed, for the audit log: only members that differ, each with both values. */
final class Differences {
  private Differences() {}

  static Map<String, String> between(Map<String, String> former, Map<String, String> now) {
    Map<String, String> changed = new TreeMap<>();
    Set<String> names = new TreeSet<>(former.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      if (!Objects.equals(former.get(name), now.get(name))) {
        changed.put("old." + name, former.getOrDefault(name, ""));
        changed.put("new." + name, now.getOrDefault(name, ""));
      }
    }
    return changed;
  }
}

package org.auscult.server.timeline;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.auscult.timeline.Code;
import org.auscult.timeline.References;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** With which devices, or by which methods, Observations came about that something was made of. */
public final class InputDevices {
  private static final Pattern OWN = Pattern.compile("Observation/([^/]+)/_history/(\\d+)");
  private static final String DEVICE = "Device/";
  private static final int MOST = 500;
  private static final int LONGEST = 128;

  private static final Comparator<Row> NEWEST =
      Comparator.comparing(Row::at).thenComparing(Row::name, Comparator.reverseOrder());

  private final JdbcTemplate jdbc;

  public InputDevices(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  private record Row(String reference, long at, String name) {}

  /**
   * The device of the newest Observation that names one, or else its method; of several codes the
   * first.
   *
   * @param references versioned; those to other types and other servers are passed over, and those
   *     behind the first 500
   * @return the logical id of the Device, or else the code; at most 128 characters; empty if none
   *     of them tells any
   */
  public Optional<String> newest(Collection<String> references) {
    Map<String, String> ids = new LinkedHashMap<>();
    for (String reference : references) {
      Matcher own = OWN.matcher(reference);
      if (own.matches() && ids.size() < MOST) {
        ids.put(reference, own.group(1));
      }
    }
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    List<String> some = ids.values().stream().distinct().toList();
    return jdbc
        .query(
            "select f.source_id, f.source_version, f.visible_from, c.devices, c.methods from"
                + " clinical_fact f join fact_circumstances c on c.digest = f.circumstances where"
                + " f.source_kind = '"
                + ResourceKind.OBSERVATION.name()
                + "' and f.source_id in ("
                + String.join(", ", some.stream().map(id -> "?").toList())
                + ")",
            (row, number) ->
                new Row(
                    "Observation/" + row.getString(1) + "/_history/" + row.getLong(2),
                    row.getLong(3),
                    name(row.getString(4), row.getString(5))),
            some.toArray())
        .stream()
        .filter(row -> ids.containsKey(row.reference()) && !row.name().isEmpty())
        .max(NEWEST)
        .map(Row::name);
  }

  private static String name(@Nullable String devices, @Nullable String methods) {
    return Stream.concat(FactRows.readCodes(devices).stream(), FactRows.readCodes(methods).stream())
        .findFirst()
        .map(InputDevices::name)
        .orElse("");
  }

  private static String name(Code code) {
    boolean isDevice = code.system().equals(References.SYSTEM) && code.code().startsWith(DEVICE);
    String name = isDevice ? code.code().substring(DEVICE.length()) : code.code();
    return name.length() > LONGEST ? name.substring(0, LONGEST) : name;
  }
}

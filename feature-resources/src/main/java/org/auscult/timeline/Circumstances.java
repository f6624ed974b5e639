package org.auscult.timeline;

import java.util.List;

/**
 * By whom, where on the body, how and with what: of many facts the same, and of most not recorded.
 * Each is a list of codes; resources are named as {@link References} says.
 *
 * @param performers who did it, or for an order who gave it
 */
public record Circumstances(
    List<Code> performers, List<Code> bodySites, List<Code> methods, List<Code> devices) {
  /** Where nothing is recorded. */
  public static final Circumstances NONE =
      new Circumstances(List.of(), List.of(), List.of(), List.of());

  public Circumstances {
    performers = List.copyOf(performers);
    bodySites = List.copyOf(bodySites);
    methods = List.copyOf(methods);
    devices = List.copyOf(devices);
  }
}

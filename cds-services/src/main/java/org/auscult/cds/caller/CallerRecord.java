package org.auscult.cds.caller;

import java.util.List;
import java.util.Map;
import org.auscult.cds.fhir.Fetched;
import org.auscult.cds.fhir.Wanted;

/** Port: reads a patient's record at the caller. */
public interface CallerRecord {
  /** Reads nothing from anybody. */
  CallerRecord NONE =
      new CallerRecord() {
        @Override
        public boolean mayRead(String fhirServer) {
          return false;
        }

        @Override
        public Map<String, Fetched> read(CallerAccess access, List<Wanted> wanted) {
          return Map.of();
        }
      };

  /**
   * Whether the operator lets this server be read.
   *
   * @param fhirServer canonical base URL
   */
  boolean mayRead(String fhirServer);

  /**
   * Asks for all that is wanted, and comes back in time with what there is by then. It never fails
   * as a whole.
   *
   * @param wanted with queries in which nothing is left to fill in
   * @return by key, one for each that was wanted; nothing if the server may not be read
   */
  Map<String, Fetched> read(CallerAccess access, List<Wanted> wanted);
}

package org.auscult.prove.fuzz;

import org.auscult.prove.hospital.Ask;

/**
 * A right request, from which wrong ones are made.
 *
 * @param endpoint its row in the table
 * @param bearer who sends it
 */
record Seed(String endpoint, Bearer bearer, Ask ask) {
  /** What a request is sent with. */
  enum Bearer {
    NOBODY,
    CLINICIAN,
    SERVICE,
    AUDITOR,
    /** With all that an administrator may do, the registry of users and clients too. */
    ADMINISTRATOR,
    /** An EHR, with a token for exactly the path that is called. */
    EHR,
    /** A browser's session. */
    SESSION
  }
}

package org.auscult.server.signature;

import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;

/** Port: the versions that are signed, and where signatures are kept. */
public interface SignedRecords {
  /** This version, as it is stored; empty if there is none. */
  Optional<Resource> version(IdType versioned);

  /** Stores a signature; its id. */
  IdType keep(Provenance signature);
}

package org.auscult.access.fhir;

import java.util.List;
import java.util.Optional;
import org.auscult.access.Scope;
import org.hl7.fhir.r4.model.Resource;

/** Port: what is stored, whoever asks. */
public interface StoredResources {
  /** The current version; empty if there is none, or it is deleted. */
  Optional<Resource> current(String type, String id);

  /** Whether a resource matches all of these search parameters; false if that cannot be said. */
  boolean matches(Resource resource, List<Scope.Filter> filters);
}

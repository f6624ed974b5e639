package org.auscult.server.feature;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;
import org.auscult.feature.fhir.Problem;
import org.hl7.fhir.r4.model.Library;
import org.jspecify.annotations.Nullable;

/** What the life of a definition asks of a write, beyond what the definition says. */
public interface DefinitionLife {
  /** Puts back what this server alone writes, where a new version of a resource lacks it. */
  void keep(Library former, Library library);

  /**
   * What stands in the way of a definition that was not published so far.
   *
   * @param former what its resource said before; null for a new one
   */
  List<Problem> problems(
      @Nullable Library former, Library library, @Nullable RequestDetails request);

  /** Writes what it says in words, for whoever shows resources. */
  void describe(Library library);

  /** Refuses to take away what something else rests on. */
  void deleting(Library library);
}

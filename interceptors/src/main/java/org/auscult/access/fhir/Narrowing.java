package org.auscult.access.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.auscult.access.Interaction;
import org.auscult.access.Permission;
import org.auscult.access.Whose;

/**
 * Adds the launch's patient to a search that could find nothing else anyway, so that the database
 * does not find what would then be kept back. It makes searches cheap; it is not what keeps them
 * safe.
 */
final class Narrowing {
  /** They may name a patient where the parameter {@code patient} does not look. */
  private static final Set<String> ELSEWHERE =
      Set.of("Basic", "Binary", "Group", "List", "Person", "Provenance", "Schedule");

  private final ISearchParamRegistry parameters;

  Narrowing(ISearchParamRegistry parameters) {
    this.parameters = parameters;
  }

  void narrow(AccessSession session, RequestDetails request) {
    String type = request.getResourceName();
    String patient = session.requester().patient();
    if (type == null || patient == null || ELSEWHERE.contains(type)) {
      return;
    }
    Interaction search = Interaction.of(Permission.SEARCH, type, Whose.NONE);
    if (session.rights().reach(search).equals(Set.of(Whose.LAUNCH))) {
      if (type.equals("Patient")) {
        add(request, "_id", patient);
      } else if (parameters.hasActiveSearchParam(
          type, "patient", SearchParamLookupContextEnum.SEARCH)) {
        add(request, "patient", "Patient/" + patient);
      }
    }
  }

  /** As one more condition: what the request asks for holds too. */
  private static void add(RequestDetails request, String name, String value) {
    Map<String, String[]> narrowed = new HashMap<>(request.getParameters());
    String[] given = narrowed.getOrDefault(name, new String[0]);
    String[] more = Arrays.copyOf(given, given.length + 1);
    more[given.length] = value;
    narrowed.put(name, more);
    request.setParameters(narrowed);
  }
}

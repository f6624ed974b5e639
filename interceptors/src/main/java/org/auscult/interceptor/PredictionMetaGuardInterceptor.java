package org.auscult.interceptor;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IIdType;

/**
 * Refuses {@code $meta-add} and {@code $meta-delete} on what models said, or a client could take
 * the label "asserted by AI" away. These operations pass no storage hook; here the id tells, which
 * for all that is made from the journal begins with the journal entry's UUID and a dot.
 */
@Interceptor
public final class PredictionMetaGuardInterceptor {
  private static final Set<String> META_OPERATIONS = Set.of("$meta-add", "$meta-delete");
  private static final Pattern FROM_JOURNAL =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\..+");

  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
  public void called(RequestDetails request) {
    IIdType id = request.getId();
    if (id != null
        && id.getIdPart() != null
        && META_OPERATIONS.contains(String.valueOf(request.getOperation()))
        && FROM_JOURNAL.matcher(id.getIdPart()).matches()) {
      throw PredictionGuardInterceptor.refusal(id.toUnqualifiedVersionless().getValue());
    }
  }
}

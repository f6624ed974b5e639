package org.auscult.server.audit;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.jspecify.annotations.Nullable;

/**
 * HAPI writes {@code _count} as the total into a Bundle of ours that has none (8.8, for a search
 * that returns a Bundle). A number that is not the total is taken out again.
 */
@Interceptor
public final class UnknownTotal {
  private static final String MARK = UnknownTotal.class.getName();

  /** Says that the total of this one is not known. */
  static void mark(Bundle bundle) {
    bundle.setUserData(MARK, true);
  }

  /** Before it leaves. */
  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  public void answer(@Nullable IBaseResource answer) {
    if (answer instanceof Bundle bundle && bundle.getUserData(MARK) != null) {
      bundle.setTotalElement(null);
    }
  }
}

package org.auscult.server.caller;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.auscult.access.RefusalReason;
import org.auscult.access.Requester;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditOutcome;
import org.auscult.audit.AuditTrail;
import org.auscult.cds.client.CallerVerdict;
import org.auscult.cds.client.CallerVerdict.Admitted;
import org.auscult.cds.client.CallerVerdict.Refused;
import org.auscult.cds.client.CallerVerifier;
import org.auscult.prediction.CallerIdentity;
import org.auscult.server.audit.RequestId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Lets others see what was found out: the request says who calls, or why not, so that its leaf in
 * the audit log does; refusals are counted; and the log tells of those whose signature was right,
 * since an EHR of ours is set up wrongly. What strangers send, and too many calls, are not told, so
 * that nobody fills the log.
 *
 * <p>Discovery has no leaf of its own, as it tells no data; its refusals get one here.
 */
final class WatchedVerifier implements CallerVerifier {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedVerifier.class);

  private final CallerVerifier verifier;
  private final MeterRegistry metrics;
  private final AuditTrail trail;

  WatchedVerifier(CallerVerifier verifier, MeterRegistry metrics, AuditTrail trail) {
    this.verifier = verifier;
    this.metrics = metrics;
    this.trail = trail;
  }

  @Override
  public CallerVerdict verify(Attempt call) {
    CallerVerdict verdict = verifier.verify(call);
    if (verdict instanceof Refused refused) {
      refused(call, refused);
    } else if (verdict instanceof Admitted admitted && admitted.caller() != null) {
      attribute(Requester.ATTRIBUTE, requester(admitted.caller()));
    }
    return verdict;
  }

  private void refused(Attempt call, Refused refused) {
    metrics.counter("auscult_callers_refused", "reason", refused.reason().name()).increment();
    int status = refused.reason().status();
    if (refused.client() != null && status != 429) {
      LOG.info(
          "A call of client {} at the path of {} was refused: {}",
          refused.client(),
          call.path().id(),
          refused.reason());
    }
    if (status == 503) {
      return;
    }
    attribute(RefusalReason.ATTRIBUTE, code(refused));
    if (call.endpoint() == Endpoint.DISCOVERY) {
      AuditEntry.Builder entry =
          AuditEntry.of(AuditKind.CALLER_REFUSED, AuditAction.EXECUTE, "discovery")
              .by(agent(refused))
              .outcome(AuditOutcome.MINOR_FAILURE, code(refused))
              .detail("status", String.valueOf(status));
      HttpServletRequest request = request();
      trail.record((request == null ? entry : entry.request(RequestId.of(request))).build());
    }
  }

  /** Such as {@code caller-unknown-issuer}. */
  private static String code(Refused refused) {
    return "caller-" + refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static AuditAgent agent(Refused refused) {
    HttpServletRequest request = request();
    String address = request == null ? null : request.getRemoteAddr();
    return new AuditAgent(null, null, null, refused.client(), List.of(), null, address);
  }

  private static @Nullable HttpServletRequest request() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes servlet
        ? servlet.getRequest()
        : null;
  }

  /** A client that acts for itself: of no role, so that it may do nothing but call hooks. */
  private static Requester requester(CallerIdentity caller) {
    String subject = caller.subject() == null ? caller.client() : caller.subject();
    return new Requester(
        caller.issuer(),
        subject,
        caller.client(),
        null,
        Set.of(),
        "",
        null,
        null,
        Set.of(),
        "TREAT",
        caller.token());
  }

  private static void attribute(String name, Object value) {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    if (request != null) {
      request.setAttribute(name, value, RequestAttributes.SCOPE_REQUEST);
    }
  }
}

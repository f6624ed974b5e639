package org.auscult.server.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.auscult.access.RefusalReason;
import org.auscult.access.Requester;
import org.auscult.access.Role;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditOutcome;
import org.auscult.audit.AuditTrail;
import org.auscult.audit.AuditUnavailableException;
import org.auscult.audit.fhir.Touched;
import org.auscult.audit.fhir.Touched.Interaction;
import org.jspecify.annotations.Nullable;

/** Makes the entry of a request that is about to be answered, and has it recorded. */
final class RequestRecorder {
  /** HTTP status as it was answered. */
  static final String STATUS = "status";

  /** The token's {@code jti}. */
  static final String TOKEN = "token";

  private static final String JOURNALED = "org.auscult.audit.journaled";
  private static final int LONGEST_QUERY = 100_000;
  private static final String FEEDBACK = "$feedback";
  private static final Map<String, AuditKind> OPERATIONS =
      Map.of(
          "$predict",
          AuditKind.INFERENCE,
          FEEDBACK,
          AuditKind.FEEDBACK,
          "$go-live",
          AuditKind.STATE_CHANGE,
          "$suspend",
          AuditKind.STATE_CHANGE,
          "$review",
          AuditKind.STATE_CHANGE,
          "$export",
          AuditKind.EXPORT,
          "$audit-export",
          AuditKind.EXPORT,
          "$training-set",
          AuditKind.EXPORT,
          "$training-set-file",
          AuditKind.EXPORT);
  private static final Set<String> AUTHORIZATION = Set.of("/login", "/logout", "/userinfo");
  private static final Set<String> READS = Set.of("read", "vread", "history-instance");
  private static final Set<String> UPDATES =
      Set.of("update", "patch", "meta-add", "meta-delete", "update-rewrite-history");

  private final Function<AuditEntry, Kept> trail;
  private final boolean emergencyReads;

  RequestRecorder(Function<AuditEntry, Kept> trail, boolean emergencyReads) {
    this.trail = trail;
    this.emergencyReads = emergencyReads;
  }

  /**
   * Everything at the FHIR endpoint; of CDS Hooks what is sent, since discovery tells no data; and
   * what the authorization server may refuse.
   */
  boolean isRecorded(HttpServletRequest request) {
    boolean isPreflight = request.getMethod().equals("OPTIONS") && !isFhir(request);
    return !isPreflight
        && (isFhir(request) || isAuthorization(request) || request.getMethod().equals("POST"));
  }

  private static boolean isAuthorization(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    return path.startsWith("/oauth2/") || AUTHORIZATION.contains(path);
  }

  private static boolean isFhir(HttpServletRequest request) {
    return request.getRequestURI().startsWith(request.getContextPath() + "/fhir");
  }

  /** The journal's own insert holds the leaf of this request. */
  static void journaled(HttpServletRequest request) {
    request.setAttribute(JOURNALED, true);
  }

  /**
   * Records the answer; returns when it may leave.
   *
   * @throws AuditUnavailableException if it may not
   */
  void record(HttpServletRequest request, int status) {
    boolean hasLeaf = request.getAttribute(JOURNALED) != null && status < 400;
    if (hasLeaf) {
      return;
    }
    if (isAuthorization(request)) {
      recordUnseen(request, status);
      return;
    }
    Kept kept = trail.apply(isFhir(request) ? fhir(request, status) : hook(request, status));
    if (kept == Kept.SPOOL && !emergencyReads && isFhir(request) && status < 400) {
      throw new AuditUnavailableException("Data is not read while leaves are spooled", null);
    }
  }

  /**
   * The authorization server records itself what it grants and refuses. What never came so far (a
   * forged form, a request that cannot be read, somebody else's page) is recorded here.
   */
  private void recordUnseen(HttpServletRequest request, int status) {
    if (status < 400 || request.getAttribute(AuditTrail.RECORDED) != null) {
      return;
    }
    String operation = request.getRequestURI().replaceFirst(".*/", "");
    AuditAgent agent =
        request.getAttribute(AuditAgent.class.getName()) instanceof AuditAgent known
            ? known
            : AuditAgent.unknown(request.getRemoteAddr());
    var unused =
        trail.apply(
            AuditEntry.of(AuditKind.CALLER_REFUSED, AuditAction.EXECUTE, Touched.text(operation))
                .by(agent)
                .request(RequestId.of(request))
                .outcome(outcome(status), "http-" + status)
                .detail(STATUS, String.valueOf(status))
                .build());
  }

  private AuditEntry fhir(HttpServletRequest request, int status) {
    Touched touched = (Touched) request.getAttribute(Touched.ATTRIBUTE);
    Interaction is = touched.interaction();
    AuditKind kind = AuditKind.REST;
    if (is != null && is.operation() != null) {
      kind = OPERATIONS.getOrDefault(is.operation(), kind);
    }
    kind = Objects.requireNonNullElse(touched.kind(), kind);
    AuditEntry.Builder entry =
        AuditEntry.of(
            refused(request, kind, status), action(is), Touched.text(operation(request, is)));
    return finished(entry, request, status, touched);
  }

  private AuditEntry hook(HttpServletRequest request, int status) {
    String[] path = request.getRequestURI().split("/");
    boolean isFeedback = path.length > 0 && path[path.length - 1].equals("feedback");
    String service = path.length == 0 ? "" : path[path.length - (isFeedback ? 2 : 1)];
    AuditKind kind = isFeedback ? AuditKind.FEEDBACK : AuditKind.HOOK_CALL;
    AuditEntry.Builder entry =
        AuditEntry.of(
            refused(request, kind, status),
            AuditAction.EXECUTE,
            Touched.text((isFeedback ? "feedback " : "hook ") + service));
    return finished(entry, request, status, (Touched) request.getAttribute(Touched.ATTRIBUTE));
  }

  private static AuditEntry finished(
      AuditEntry.Builder entry, HttpServletRequest request, int status, Touched touched) {
    touched.into(entry);
    entry.by(agent(request)).request(RequestId.of(request)).query(query(request, touched));
    if (request.getAttribute(Requester.ATTRIBUTE) instanceof Requester requester) {
      entry.at(new TreeSet<>(requester.sites()).stream().toList());
      if (requester.tokenId() != null) {
        entry.detail(TOKEN, Touched.text(requester.tokenId()));
      }
    }
    return entry
        .outcome(outcome(status), reason(request, status))
        .detail(STATUS, String.valueOf(status))
        .build();
  }

  /** Who asks, as the access token says; for a hook call, its caller is added by the journal. */
  static AuditAgent agent(HttpServletRequest request) {
    String address = request.getRemoteAddr();
    if (request.getAttribute(Requester.ATTRIBUTE) instanceof Requester requester) {
      return new AuditAgent(
          text(requester.issuer()),
          text(requester.subject()),
          text(requester.fhirUser()),
          text(requester.client()),
          requester.roles().stream().map(Role::code).toList(),
          text(requester.purpose()),
          address);
    }
    return AuditAgent.unknown(address);
  }

  private static @Nullable String text(@Nullable String given) {
    return given == null ? null : Touched.text(given);
  }

  private static @Nullable String query(HttpServletRequest request, Touched touched) {
    String body = touched.searchedBy();
    Interaction is = touched.interaction();
    // A comment is a user's own words; whoever puts it into the URL does not get it into the log.
    boolean isFeedback = is != null && FEEDBACK.equals(is.operation());
    String sent = isFeedback ? null : body == null ? request.getQueryString() : body;
    if (sent == null) {
      return isFhir(request) ? request.getRequestURI() : null;
    }
    String whole = request.getRequestURI() + "?" + withoutTokens(sent);
    return whole.length() > LONGEST_QUERY ? whole.substring(0, LONGEST_QUERY) : whole;
  }

  /** A token has no place in a URL; if somebody puts one there, it does not get into the log. */
  private static String withoutTokens(String query) {
    return query.replaceAll(
        "(?i)(^|&)((?:access_|id_|refresh_)?token|client_secret|code_verifier|password)=[^&]*",
        "$1$2=");
  }

  /** What is out of reach is answered as if it was not there; the log knows better. */
  private static AuditKind refused(HttpServletRequest request, AuditKind kind, int status) {
    String refusal = refusal(request, status);
    boolean isUnknown = RefusalReason.NO_TOKEN.code().equals(refusal);
    if (isUnknown || status == 401 || status == 429) {
      return AuditKind.CALLER_REFUSED;
    }
    return refusal != null || status == 403 ? AuditKind.ACCESS_DENIED : kind;
  }

  private static @Nullable String reason(HttpServletRequest request, int status) {
    String refusal = refusal(request, status);
    return refusal == null && status >= 400 ? "http-" + status : refusal;
  }

  private static @Nullable String refusal(HttpServletRequest request, int status) {
    Object code = request.getAttribute(RefusalReason.ATTRIBUTE);
    return code == null || status < 400 ? null : Touched.text(code.toString());
  }

  private static AuditOutcome outcome(int status) {
    if (status < 400) {
      return AuditOutcome.SUCCESS;
    }
    return status < 500 ? AuditOutcome.MINOR_FAILURE : AuditOutcome.SERIOUS_FAILURE;
  }

  private static AuditAction action(@Nullable Interaction is) {
    String code = is == null ? "" : is.code();
    if (code.equals("create")) {
      return AuditAction.CREATE;
    }
    if (code.equals("delete")) {
      return AuditAction.DELETE;
    }
    if (UPDATES.contains(code)) {
      return AuditAction.UPDATE;
    }
    return READS.contains(code) ? AuditAction.READ : AuditAction.EXECUTE;
  }

  private static String operation(HttpServletRequest request, @Nullable Interaction is) {
    if (is == null) {
      return request.getMethod().toLowerCase(Locale.ROOT);
    }
    if (is.operation() != null) {
      return is.type() == null ? is.operation() : is.type() + "/" + is.operation();
    }
    return is.type() == null ? is.code() : is.code() + " " + is.type();
  }
}

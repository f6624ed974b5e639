package org.auscult.access.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.AuthenticationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.util.ICachedSearchDetails;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.auscult.access.Decision;
import org.auscult.access.Interaction;
import org.auscult.access.Permission;
import org.auscult.access.RefusalReason;
import org.auscult.access.Requester;
import org.auscult.access.Whose;
import org.jspecify.annotations.Nullable;

/**
 * Decides each request before anything is done: first whether it may be done at all, whoever's it
 * is, then, where it names a resource, whose that is.
 *
 * <p>HAPI's own AuthorizationInterceptor and SearchNarrowingInterceptor are not used: their rules
 * know compartments and no sites, and what they narrow they do not keep out of chains, counts,
 * pages and histories.
 */
@Interceptor
public final class IncomingAccess {
  private static final String PAGES = "_getpages";

  private final AccessSessions sessions;
  private final EntryAccess entries;
  private final SearchRules searches;
  private final Narrowing narrowing;
  private final BooleanSupplier enforced;

  /**
   * @param enforced whether nobody may do anything without an access token
   */
  public IncomingAccess(
      AccessSessions sessions,
      EntryAccess entries,
      ISearchParamRegistry parameters,
      BooleanSupplier enforced) {
    this.sessions = sessions;
    this.entries = entries;
    this.searches = new SearchRules(parameters);
    this.narrowing = new Narrowing(parameters);
    this.enforced = enforced;
  }

  /** Who asks; and a search under patient scopes is narrowed before its parameters are read. */
  @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
  public boolean begin(RequestDetails request) {
    if (request.getAttribute(Requester.ATTRIBUTE) instanceof Requester requester) {
      sessions.begin(request, requester);
      AccessSession.of(request)
          .filter(s -> request.getRestOperationType() == RestOperationTypeEnum.SEARCH_TYPE)
          .ifPresent(s -> narrowing.narrow(s, request));
    } else if (enforced.getAsBoolean()
        && request.getRestOperationType() != RestOperationTypeEnum.METADATA) {
      throw new AuthenticationException("Send an access token in the header Authorization")
          .addAuthenticateHeaderForRealm("fhir");
    }
    return true;
  }

  /** Also called for each GET within a transaction or batch. */
  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
  public void decide(RequestDetails request, RestOperationTypeEnum operation) {
    AccessSession.of(request).ifPresent(session -> decide(session, request, operation));
  }

  private void decide(
      AccessSession session, RequestDetails request, RestOperationTypeEnum operation) {
    String type = Objects.requireNonNullElse(request.getResourceName(), "");
    String id = request.getId() == null ? null : request.getId().getIdPart();
    switch (operation) {
      case METADATA, TRANSACTION, BATCH -> {}
      case READ, VREAD, HISTORY_INSTANCE ->
          entries.instance(session, request, Permission.READ, type, id);
      case CREATE -> {
        entries.any(session, request, Permission.CREATE, type);
        entries.condition(session, request, type, request.getConditionalUrl(operation));
      }
      case UPDATE, PATCH -> write(session, request, Permission.UPDATE, operation);
      case DELETE -> write(session, request, Permission.DELETE, operation);
      case SEARCH_TYPE -> {
        entries.any(session, request, Permission.SEARCH, type);
        searches.check(session, request, type, request.getParameters());
      }
      case HISTORY_TYPE -> entries.all(session, request, Permission.SEARCH, type);
      case GET_PAGE -> page(session, request);
      case META_ADD,
          META_DELETE,
          META,
          VALIDATE,
          EXTENDED_OPERATION_SERVER,
          EXTENDED_OPERATION_TYPE,
          EXTENDED_OPERATION_INSTANCE ->
          call(session, request, type, id);
      default ->
          throw Refusals.forbidden(
              request,
              RefusalReason.POLICY,
              "The policy allows nobody to do this here. Ask by type, or by id.");
    }
  }

  private void write(
      AccessSession session,
      RequestDetails request,
      Permission permission,
      RestOperationTypeEnum operation) {
    String type = Objects.requireNonNullElse(request.getResourceName(), "");
    String id = request.getId() == null ? null : request.getId().getIdPart();
    if (id == null) {
      entries.any(session, request, permission, type);
      entries.condition(session, request, type, request.getConditionalUrl(operation));
    } else {
      entries.instance(session, request, permission, type, id);
    }
  }

  private void call(
      AccessSession session, RequestDetails request, String type, @Nullable String id) {
    String name = Objects.requireNonNullElse(request.getOperation(), "");
    Interaction asked = Interaction.call(name, type, Whose.NONE);
    if (id != null && session.namesPatients(type)) {
      entries.decideInstance(session, request, asked, type, id);
      return;
    }
    Whose whose = session.isOfAllPatients(asked) ? session.ofAll() : Whose.NONE;
    Decision decision = session.rights().decide(asked.of(whose));
    if (!decision.allowed()) {
      throw Refusals.forbidden(request, decision);
    }
  }

  /** The id of a search ends with its owner; without the right end, there is no such search. */
  @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
  public void own(ICachedSearchDetails search, RequestDetails request) {
    AccessSession.of(request)
        .ifPresent(
            session -> {
              String random = UUID.randomUUID().toString().replace("-", "").substring(0, 26);
              search.setUuid(random + "." + session.owner());
            });
  }

  private static void page(AccessSession session, RequestDetails request) {
    Map<String, String[]> parameters = request.getParameters();
    String[] ids = parameters.getOrDefault(PAGES, new String[0]);
    if (ids.length != 1 || !ids[0].endsWith("." + session.owner())) {
      request.setAttribute(RefusalReason.ATTRIBUTE, RefusalReason.NOT_YOURS.code());
      throw new ResourceGoneException("There is no such page of a search, or it has expired.");
    }
  }
}

package org.auscult.access.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.auscult.access.Decision;
import org.auscult.access.Interaction;
import org.auscult.access.Permission;
import org.auscult.access.RefusalReason;
import org.auscult.access.Whose;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is asked of one type or one resource, whether by a request of its own or by an entry
 * of a transaction or batch. A refused entry refuses its transaction; of a batch it is taken out,
 * and its refusal is put into the answer by {@link OutgoingAccess}.
 */
@Interceptor
public final class EntryAccess {
  private static final String EMERGENCY = "$break-glass";

  /** They say what nobody could take out of their answers resource by resource. */
  private static final Set<String> OF_WHOLE_RECORD =
      Set.of("$features", "$label", "$timeline", "$predict", "$ai-report");

  private static final String REFUSED = EntryAccess.class.getName() + ".refused";

  /** Entries are looked at before any is processed; GETs come by {@link IncomingAccess} later. */
  @Hook(Pointcut.STORAGE_TRANSACTION_PROCESSING)
  public void entries(IBaseBundle given, RequestDetails request) {
    AccessSession.of(request).ifPresent(session -> entries(session, (Bundle) given, request));
  }

  private void entries(AccessSession session, Bundle bundle, RequestDetails request) {
    for (BundleEntryComponent entry : bundle.getEntry()) {
      if (entry.getResource() instanceof Patient patient && entry.hasFullUrl()) {
        session.creates(entry.getFullUrl(), patient);
      }
    }
    boolean isBatch = bundle.getType() == BundleType.BATCH;
    Map<Integer, BaseServerResponseException> refused = new TreeMap<>();
    List<BundleEntryComponent> kept = new ArrayList<>();
    for (int i = 0; i < bundle.getEntry().size(); i++) {
      BundleEntryComponent entry = bundle.getEntry().get(i);
      try {
        entry(session, entry, request);
        kept.add(entry);
      } catch (BaseServerResponseException e) {
        if (!isBatch) {
          throw e;
        }
        refused.put(i, e);
      }
    }
    if (!refused.isEmpty()) {
      bundle.setEntry(kept);
      request.getUserData().put(REFUSED, refused);
    }
  }

  /** What was taken out of a batch, by its place in it. */
  @SuppressWarnings("unchecked")
  static Map<Integer, BaseServerResponseException> refused(RequestDetails request) {
    Object refused = request.getUserData().get(REFUSED);
    return refused == null ? Map.of() : (Map<Integer, BaseServerResponseException>) refused;
  }

  private void entry(AccessSession session, BundleEntryComponent entry, RequestDetails request) {
    String url = Objects.requireNonNullElse(entry.getRequest().getUrl(), "");
    Resource resource = entry.getResource();
    int query = url.indexOf('?');
    IdType id = new IdType(query < 0 ? url : url.substring(0, query));
    String named =
        id.hasResourceType() ? id.getResourceType() : id.hasIdPart() ? id.getIdPart() : "";
    boolean hasId = query < 0 && id.hasResourceType() && id.hasIdPart();
    // HAPI takes the type of what is written from the resource, whatever the URL says.
    String type = resource == null ? named : resource.fhirType();
    switch (Objects.requireNonNullElse(entry.getRequest().getMethod(), Bundle.HTTPVerb.NULL)) {
      case GET, HEAD, NULL -> {}
      case POST -> {
        any(session, request, Permission.CREATE, type);
        condition(session, request, type, entry.getRequest().getIfNoneExist());
      }
      case PUT ->
          write(session, request, Permission.UPDATE, type, hasId ? id.getIdPart() : null, url);
      case PATCH ->
          write(session, request, Permission.UPDATE, named, hasId ? id.getIdPart() : null, url);
      case DELETE ->
          write(session, request, Permission.DELETE, named, hasId ? id.getIdPart() : null, url);
    }
  }

  private void write(
      AccessSession session,
      RequestDetails request,
      Permission permission,
      String type,
      @Nullable String id,
      String url) {
    if (id != null) {
      instance(session, request, permission, type, id);
    } else {
      any(session, request, permission, type);
      condition(session, request, type, url);
    }
  }

  /** Whether this may be done with anybody's resource of this type. */
  void any(AccessSession session, RequestDetails request, Permission permission, String type) {
    Interaction asked = Interaction.of(permission, type, Whose.NONE);
    if (session.rights().reach(asked).isEmpty()) {
      throw Refusals.forbidden(request, session.rights().decide(asked));
    }
  }

  /** Whether this may be done with everybody's. */
  void all(AccessSession session, RequestDetails request, Permission permission, String type) {
    any(session, request, permission, type);
    if (!session.isUnlimited(permission, type)) {
      throw Refusals.forbidden(
          request,
          RefusalReason.SEARCH_BEYOND_REACH,
          "The history of a type is for those from whom nothing of it is withheld; ask by id.");
    }
  }

  /**
   * A condition searches, and whether it found something shows: so it is for those from whom
   * nothing of the type is withheld.
   */
  void condition(
      AccessSession session, RequestDetails request, String type, @Nullable String condition) {
    if (condition != null
        && !condition.isEmpty()
        && !session.isUnlimited(Permission.SEARCH, type)) {
      throw Refusals.forbidden(
          request,
          RefusalReason.CONDITION_BEYOND_REACH,
          "A condition would search what is withheld from you; name the resource by its id.");
    }
  }

  /** Whether this may be done with this resource; what is out of reach is answered as absent. */
  void instance(
      AccessSession session,
      RequestDetails request,
      Permission permission,
      String type,
      @Nullable String id) {
    if (permission == Permission.READ && id != null && session.rights().isSelf(type, id)) {
      return;
    }
    any(session, request, permission, type);
    if (id == null || session.isUnlimited(permission, type) || isDefinition(session, type)) {
      return;
    }
    Optional<Resource> stored = session.stored(type, id);
    if (stored.isEmpty()) {
      throw Refusals.absent(request, type, id);
    }
    Whose whose = session.of(stored.get());
    Decision decision = session.decide(permission, stored.get(), whose);
    if (!decision.allowed()) {
      throw session.sees(stored.get())
          ? Refusals.forbidden(request, decision)
          : Refusals.absent(request, whose, type, id);
    }
  }

  /** Then {@link #any} has said it all: there is nothing to look at. */
  private static boolean isDefinition(AccessSession session, String type) {
    return !session.namesPatients(type)
        && !session.rights().isFiltered(Interaction.of(Permission.READ, type, Whose.NONE));
  }

  /** The same for an operation on a resource that may name patients. */
  void decideInstance(
      AccessSession session, RequestDetails request, Interaction asked, String type, String id) {
    if (session.rights().reach(asked).isEmpty()) {
      throw Refusals.forbidden(request, session.rights().decide(asked));
    }
    Optional<Resource> stored = session.stored(type, id);
    boolean isEmergency = asked.operation().equals(EMERGENCY);
    if (stored.isEmpty()) {
      throw Refusals.absent(request, type, id);
    }
    Whose whose = isEmergency ? session.ofTies(stored.get()) : session.of(stored.get());
    Decision decision = session.rights().decide(asked.of(whose));
    if (!decision.allowed()) {
      throw session.sees(stored.get())
          ? Refusals.forbidden(request, decision)
          : Refusals.absent(request, whose, type, id);
    }
    if (OF_WHOLE_RECORD.contains(asked.operation())
        && !session.rights().decide(asked.of(Whose.WITHHELD)).allowed()
        && session.withholdsAny(id)) {
      throw Refusals.forbidden(
          request,
          RefusalReason.WITHHELD,
          asked.operation()
              + " tells of the whole record, and not all of it is open to you. Read or search what"
              + " you need of it; in an emergency, Patient/[id]/$break-glass opens it, with a"
              + " reason.");
    }
  }
}

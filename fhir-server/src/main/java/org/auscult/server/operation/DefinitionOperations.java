package org.auscult.server.operation;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.auscult.access.Requester;
import org.auscult.feature.fhir.ContextRules;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.feature.fhir.FeatureSets;
import org.auscult.feature.fhir.LibraryDiff;
import org.auscult.feature.fhir.Profiles;
import org.auscult.feature.life.Change;
import org.auscult.feature.life.Effect;
import org.auscult.server.feature.StoredDefinitions;
import org.auscult.server.life.DefinitionPages;
import org.auscult.server.life.Reviews;
import org.auscult.server.life.UsageGraph;
import org.auscult.server.life.UsageGraphs;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** What can be asked of a definition, and its review. */
final class DefinitionOperations {
  private static final int USUAL_COUNT = 100;
  private static final int LARGEST_COUNT = 1000;

  private final IFhirResourceDao<Library> libraries;
  private final IFhirResourceDao<Practitioner> practitioners;
  private final StoredDefinitions stored;
  private final LibraryDiff diff;
  private final Life life;
  private final ZoneId zone;
  private final Clock clock;

  /** What knows of definitions more than they say. */
  record Life(UsageGraphs graphs, DefinitionPages pages, Reviews reviews) {}

  DefinitionOperations(
      DaoRegistry daos,
      StoredDefinitions stored,
      LibraryDiff diff,
      Life life,
      ZoneId zone,
      Clock clock) {
    this.libraries = daos.getResourceDao(Library.class);
    this.practitioners = daos.getResourceDao(Practitioner.class);
    this.stored = stored;
    this.diff = diff;
    this.life = life;
    this.zone = zone;
    this.clock = clock;
  }

  /**
   * What changed from another version to this one, or from another definition.
   *
   * @param with the other one: a version of the same url, or {@code url|version}
   */
  @Operation(
      name = "$diff",
      type = Library.class,
      idempotent = true,
      canonicalUrl = OperationUrls.DIFF)
  public Parameters diff(
      @IdParam IdType id, @OperationParam(name = "with", min = 1) @Nullable StringType with) {
    Question question = new Question(zone, clock.instant());
    String asked = question.required("with", with, "1.0.0, or https://…|1.0.0");
    question.check();
    Library after = definition(id);
    String canonical = asked.contains("|") ? asked : after.getUrl() + "|" + asked;
    Optional<Library> before = stored.library(canonical).filter(DefinitionOperations::isOurs);
    if (before.isEmpty()) {
      question.refuse("with", "'" + canonical + "' names no definition that is here");
    }
    question.check();
    Parameters answer = new Parameters();
    List<Change> changes = diff.of(before.orElseThrow(), after);
    answer.addParameter("from", new CanonicalType(canonical));
    answer.addParameter("to", new CanonicalType(canonical(after)));
    answer.addParameter(
        "effect", new CodeType(Effect.of(changes).map(Effect::code).orElse("none")));
    for (Change change : changes) {
      ParametersParameterComponent one = answer.addParameter().setName("change");
      part(one, "part", new CodeType(change.part()));
      part(one, "effect", new CodeType(change.effect().code()));
      part(one, "before", text(change.before()));
      part(one, "after", text(change.after()));
      change.added().forEach(added -> part(one, "added", new StringType(added)));
      change.removed().forEach(removed -> part(one, "removed", new StringType(removed)));
      part(one, "text", new StringType(change.text()));
    }
    return answer;
  }

  /**
   * What a definition rests on, and what rests on it, all the way.
   *
   * @param count links on a page, 1 to 1000; 100 if not given
   * @param offset how many to pass over
   */
  @Operation(
      name = "$usage",
      type = Library.class,
      idempotent = true,
      canonicalUrl = OperationUrls.USAGE)
  public Parameters usage(
      @IdParam IdType id,
      @OperationParam(name = "_count") @Nullable StringType count,
      @OperationParam(name = "_offset") @Nullable StringType offset) {
    Question question = new Question(zone, clock.instant());
    int most = question.number("_count", count, 1, LARGEST_COUNT).orElse(USUAL_COUNT);
    int from = question.number("_offset", offset, 0, Integer.MAX_VALUE).orElse(0);
    question.check();
    String canonical = canonical(definition(id));
    UsageGraph graph = life.graphs().read();
    List<ParametersParameterComponent> links = new ArrayList<>();
    graph.restsOn(canonical).forEach(link -> links.add(link("restsOn", link)));
    graph.usedBy(canonical).forEach(link -> links.add(link("usedBy", link)));
    Parameters answer = new Parameters();
    answer.addParameter("definition", new CanonicalType(canonical));
    answer.addParameter("total", new IntegerType(links.size()));
    answer.addParameter("offset", new IntegerType(from));
    links.stream().skip(from).limit(most).forEach(answer::addParameter);
    return answer;
  }

  private static ParametersParameterComponent link(String name, UsageGraph.Link link) {
    ParametersParameterComponent one = new ParametersParameterComponent();
    one.setName(name);
    part(one, "canonical", new CanonicalType(link.canonical()));
    part(one, "kind", new CodeType(link.kind()));
    part(one, "title", text(link.title()));
    part(one, "status", link.status() == null ? null : new CodeType(link.status()));
    part(one, "resource", link.reference() == null ? null : new Reference(link.reference()));
    part(one, "live", link.kind().equals("deployment") ? new BooleanType(link.isLive()) : null);
    part(one, "depth", new IntegerType(link.depth()));
    part(one, "via", new CanonicalType(link.via()));
    return one;
  }

  /** A definition as people read it: a page. */
  @Operation(
      name = "$document",
      type = Library.class,
      idempotent = true,
      manualResponse = true,
      canonicalUrl = OperationUrls.DOCUMENT)
  public void document(@IdParam IdType id, HttpServletResponse response) throws IOException {
    String page = life.pages().page(definition(id), life.graphs().read());
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("text/html;charset=UTF-8");
    response.getWriter().append(page).flush();
  }

  /**
   * A reviewer has read a draft, and finds it right as it stands now.
   *
   * @param comment what the reviewer has to say
   */
  @Operation(name = "$review", type = Library.class, canonicalUrl = OperationUrls.REVIEW)
  public Library review(
      @IdParam IdType id,
      @OperationParam(name = "comment") @Nullable StringType comment,
      RequestDetails request) {
    Reference reviewer = person(request);
    Library library = definition(id);
    if (!FeatureDefinitions.isOne(library)
        && !FeatureSets.isOne(library)
        && !ContextRules.isOne(library)) {
      throw new UnprocessableEntityException(
          "Library/" + id.getIdPart() + " is no feature, feature set or context rule.");
    }
    if (library.getStatus() != PublicationStatus.DRAFT) {
      throw new UnprocessableEntityException(
          "Library/" + id.getIdPart() + " is no draft; only a draft is reviewed.");
    }
    life.reviews()
        .write(
            library,
            reviewer,
            Date.from(clock.instant()),
            TimeZone.getTimeZone(zone),
            Question.text(comment).orElse(null));
    SystemRequestDetails ours = new SystemRequestDetails();
    Reviews.mark(ours);
    return (Library) libraries.update(library, ours).getResource();
  }

  private Reference person(RequestDetails request) {
    String user =
        request.getAttribute(Requester.ATTRIBUTE) instanceof Requester requester
            ? requester.fhirUser()
            : null;
    if (user == null || !user.startsWith("Practitioner/")) {
      throw new ForbiddenOperationException(
          "A review is a person's: this access token names no Practitioner.");
    }
    Reference reviewer = new Reference(user);
    try {
      Practitioner practitioner = practitioners.read(new IdType(user), new SystemRequestDetails());
      String name = practitioner.getNameFirstRep().getNameAsSingleString();
      return name.isBlank() ? reviewer : reviewer.setDisplay(name);
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return reviewer;
    }
  }

  private Library definition(IdType id) {
    Library library = libraries.read(id, new SystemRequestDetails());
    if (!isOurs(library)) {
      throw new UnprocessableEntityException(
          "Library/" + id.getIdPart() + " is no definition: it claims none of our profiles.");
    }
    return library;
  }

  private static boolean isOurs(Library library) {
    return library.hasUrl() && library.hasVersion() && Profiles.claimsOurs(library);
  }

  private static String canonical(Library library) {
    return library.getUrl() + "|" + library.getVersion();
  }

  private static @Nullable StringType text(@Nullable String text) {
    return text == null || text.isEmpty() ? null : new StringType(text);
  }

  private static void part(ParametersParameterComponent to, String name, @Nullable Type value) {
    if (value != null) {
      to.addPart().setName(name).setValue(value);
    }
  }
}

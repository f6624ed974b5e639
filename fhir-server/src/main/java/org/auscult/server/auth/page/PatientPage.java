package org.auscult.server.auth.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.security.Principal;
import java.util.UUID;
import java.util.stream.Collectors;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.grant.LaunchParameter;
import org.auscult.server.auth.launch.Launch;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.launch.Launches.Kind;
import org.auscult.server.auth.launch.PatientDirectory;
import org.auscult.server.auth.launch.PatientDirectory.Found;
import org.auscult.server.auth.launch.PatientDirectory.Page;
import org.auscult.server.auth.launch.PatientDirectory.Question;
import org.auscult.server.auth.launch.PickerLog;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.auscult.server.config.PublicUrls;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;

/** Where a user picks the patient with whom an application starts. */
@RestController
public final class PatientPage {
  /** Where it is. */
  public static final String PATH = "/oauth2/patient";

  private static final String WAITING = "org.auscult.waiting-request.";

  private static final String NOT_THERE =
      "<p role=\"alert\">There is no such patient whose record you may open.</p>";

  private final Users users;
  private final Clients clients;
  private final Launches launches;
  private final PatientDirectory patients;
  private final PickerLog log;
  private final PublicUrls urls;

  public PatientPage(
      Users users,
      Clients clients,
      Launches launches,
      PatientDirectory patients,
      PickerLog log,
      PublicUrls urls) {
    this.users = users;
    this.clients = clients;
    this.launches = launches;
    this.patients = patients;
    this.log = log;
    this.urls = urls;
  }

  /**
   * Keeps a request for authorization until a patient is picked.
   *
   * @param query of the request, with its question mark
   * @return its name in this session
   */
  public static String remember(HttpSession session, String query) {
    String key = UUID.randomUUID().toString();
    session.setAttribute(WAITING + key, query);
    return key;
  }

  @GetMapping(PATH)
  ResponseEntity<String> show(
      HttpServletRequest request,
      Principal principal,
      @RequestParam("request") String key,
      @RequestParam(value = "name", defaultValue = "") String name,
      @RequestParam(value = "identifier", defaultValue = "") String identifier,
      @RequestParam(value = "birthdate", defaultValue = "") String birthDate,
      @RequestParam(value = "page", defaultValue = "1") int number) {
    Client client = client(request, key);
    User user = user(principal);
    Question question = new Question(name, identifier, birthDate);
    if (question.isEmpty()) {
      return page(client, key, question, "");
    }
    Page found = patients.find(user, question, number);
    log.shown(user, client.id(), question, found.found().stream().map(Found::id).toList());
    return page(client, key, question, results(request, key, question, found));
  }

  private static ResponseEntity<String> page(
      Client client, String key, Question question, String results) {
    return Pages.page(
        "Choose a patient",
        """
        <p><b>%s</b> will see the record of the patient that you choose.</p>
        <form method="get" action="%s" role="search">
        %s
        <label for="name">Name</label>
        <input id="name" name="name" value="%s" autocomplete="off" spellcheck="false"%s>
        <label for="identifier">Identifier</label>
        <input id="identifier" name="identifier" value="%s" autocomplete="off" spellcheck="false">
        <label for="birthdate">Date of birth</label>
        <input id="birthdate" name="birthdate" value="%s" placeholder="YYYY-MM-DD"
          autocomplete="off">
        <button>Search</button>
        </form>
        %s
        """
            .formatted(
                Pages.text(client.name()),
                PATH,
                Pages.hidden("request", key),
                Pages.text(question.name()),
                question.isEmpty() ? " autofocus" : "",
                Pages.text(question.identifier()),
                Pages.text(question.birthDate()),
                results));
  }

  private static String results(
      HttpServletRequest request, String key, Question question, Page page) {
    String tooMany =
        page.isWhole()
            ? ""
            : "<p role=\"alert\">Too many patients match to seek them all: say more of the one"
                + " that you mean.</p>";
    if (page.found().isEmpty()) {
      return tooMany + "<p role=\"status\">No patient was found whose record you may open.</p>";
    }
    int first = (page.number() - 1) * PatientDirectory.PAGE + 1;
    return tooMany
        + "<p role=\"status\">%d to %d of %d</p>"
            .formatted(first, first + page.found().size() - 1, page.total())
        + page.found().stream()
            .map(patient -> row(request, key, patient))
            .collect(Collectors.joining("", "<ul class=\"patients\">", "</ul>"))
        + turns(key, question, page);
  }

  private static String turns(String key, Question question, Page page) {
    String before = page.number() > 1 ? turn(key, question, page.number() - 1, "Previous") : "";
    String after = page.hasNext() ? turn(key, question, page.number() + 1, "Next") : "";
    return before.isEmpty() && after.isEmpty()
        ? ""
        : "<nav aria-label=\"Pages\">" + before + after + "</nav>";
  }

  private static String turn(String key, Question question, int number, String text) {
    return """
        <form method="get" action="%s">%s%s%s%s%s<button class="no">%s</button></form>
        """
        .formatted(
            PATH,
            Pages.hidden("request", key),
            Pages.hidden("name", question.name()),
            Pages.hidden("identifier", question.identifier()),
            Pages.hidden("birthdate", question.birthDate()),
            Pages.hidden("page", String.valueOf(number)),
            text);
  }

  private static String row(HttpServletRequest request, String key, Found patient) {
    return """
        <li><form method="post" action="%s">
        %s%s%s
        <button>%s</button>
        <span>%s</span>
        </form></li>
        """
        .formatted(
            PATH,
            Pages.csrf(request),
            Pages.hidden("request", key),
            Pages.hidden("patient", patient.id()),
            Pages.text(patient.name().isBlank() ? "(no name)" : patient.name()),
            Pages.text(
                String.join(
                    " · ",
                    patient.birthDate().isEmpty() ? "date of birth unknown" : patient.birthDate(),
                    patient.sex().isEmpty() ? "sex not recorded" : patient.sex(),
                    patient.identifiers().isEmpty()
                        ? "no identifier"
                        : patient.identifiers().get(0))));
  }

  @PostMapping(PATH)
  ResponseEntity<String> choose(
      HttpServletRequest request,
      Principal principal,
      @RequestParam("request") String key,
      @RequestParam("patient") String patient) {
    Client client = client(request, key);
    User user = user(principal);
    if (patients.get(user, patient) == null) {
      log.notAllowed(user, client.id(), patient);
      return ResponseEntity.status(HttpStatus.NOT_FOUND)
          .contentType(Pages.HTML)
          .body(page(client, key, new Question("", "", ""), NOT_THERE).getBody());
    }
    String selection = launches.open(Kind.PICKED, client.id(), user.id(), Launch.of(patient));
    String query = waiting(request, key);
    request.getSession().removeAttribute(WAITING + key);
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .location(
            URI.create(
                urls.root()
                    + "/oauth2/authorize"
                    + query
                    + "&"
                    + LaunchParameter.SELECTION
                    + "="
                    + selection))
        .build();
  }

  private Client client(HttpServletRequest request, String key) {
    String id =
        UriComponentsBuilder.fromUriString(waiting(request, key))
            .build()
            .getQueryParams()
            .getFirst("client_id");
    return clients
        .find(id == null ? "" : id)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private static String waiting(HttpServletRequest request, String key) {
    HttpSession session = request.getSession(false);
    if (session != null && session.getAttribute(WAITING + key) instanceof String query) {
      return query;
    }
    throw new ResponseStatusException(HttpStatus.NOT_FOUND);
  }

  private User user(Principal principal) {
    return users
        .active(principal.getName())
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.FORBIDDEN));
  }
}

package org.auscult.access.fhir;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.auscult.access.Interaction;
import org.auscult.access.Permission;
import org.auscult.access.RefusalReason;
import org.auscult.access.Whose;

/**
 * Refuses searches whose answer would tell of resources that the requester may not search, though
 * each of these is kept back: through chains, reverse chains, sorting, counts, and includes.
 *
 * <p>A chain is harmless into a type of which nothing is withheld, and from the resource itself to
 * its patient: whoever sees the resource reaches every patient that it names.
 */
final class SearchRules {
  private static final Set<String> OPAQUE =
      Set.of(
          "_filter",
          "_query",
          "_list",
          "_content",
          "_text",
          "_contained",
          "_containedType",
          // A page by offset is cut before what is kept back is taken out of it.
          "_offset");

  private static final Pattern FIRST = Pattern.compile("([A-Z][A-Za-z]+)\\.([a-z][A-Za-z]*)");

  private static final String ONLY_PATIENTS = "resolve() is Patient";

  private final ISearchParamRegistry parameters;

  SearchRules(ISearchParamRegistry parameters) {
    this.parameters = parameters;
  }

  /** Throws the refusal if a search of this type may not be asked. */
  void check(
      AccessSession session, RequestDetails request, String type, Map<String, String[]> asked) {
    boolean unlimited = session.isUnlimited(Permission.SEARCH, type);
    asked.forEach(
        (name, values) -> {
          String plain = name.split(":", 2)[0];
          needed(session, request, type, plain);
          if (plain.equals("_include") || plain.equals("_revinclude")) {
            Arrays.stream(values).forEach(v -> include(session, request, plain, v));
          } else if (plain.equals("_has")) {
            reverse(session, request, name);
          } else if (plain.equals("_sort")) {
            Arrays.stream(values)
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(by -> by.replaceFirst("^-", ""))
                .forEach(
                    by -> {
                      needed(session, request, type, by.split(":", 2)[0]);
                      chain(session, request, type, by);
                    });
          } else if (!unlimited && OPAQUE.contains(plain)) {
            throw beyond(request, plain + " is for those from whom nothing is withheld.");
          } else if (!unlimited && counts(plain, values)) {
            throw Refusals.forbidden(
                request,
                RefusalReason.COUNT_BEYOND_REACH,
                "A count would count what is withheld from you; ask without " + plain + ".");
          } else {
            chain(session, request, type, name);
          }
        });
  }

  /** A search by an element that the purpose of use does not need would tell of it. */
  private void needed(AccessSession session, RequestDetails request, String type, String name) {
    Optional<Set<String>> kept = session.rights().elements(type);
    String parameter = name.split("\\.", 2)[0];
    if (kept.isEmpty() || parameter.startsWith("_")) {
      return;
    }
    RuntimeSearchParam known =
        parameters.hasActiveSearchParam(type, parameter, SearchParamLookupContextEnum.SEARCH)
            ? parameters.getActiveSearchParam(type, parameter, SearchParamLookupContextEnum.SEARCH)
            : null;
    if (known != null && !kept.get().containsAll(elements(type, known))) {
      throw Refusals.forbidden(
          request,
          RefusalReason.PURPOSE,
          "The purpose of use does not need what " + parameter + " searches by.");
    }
  }

  /** The elements of a type at which the paths of a parameter begin. */
  private static Set<String> elements(String type, RuntimeSearchParam parameter) {
    Set<String> elements = new HashSet<>();
    for (String path : parameter.getPathsSplitForResourceType(type)) {
      Matcher first = FIRST.matcher(path);
      while (first.find()) {
        elements.add(first.group(1).equals(type) ? first.group(2) : "");
      }
    }
    return elements.isEmpty() ? Set.of("") : elements;
  }

  private static boolean counts(String name, String[] values) {
    List<String> given =
        Arrays.stream(values).flatMap(v -> Arrays.stream(v.split(","))).map(String::trim).toList();
    return (name.equals("_total") && !given.stream().allMatch("none"::equals))
        || (name.equals("_summary") && given.contains("count"));
  }

  private void include(AccessSession session, RequestDetails request, String name, String value) {
    String[] parts = value.split(":", 4);
    if (parts.length < 2 || parts[0].equals("*") || parts[1].equals("*")) {
      throw beyond(request, name + " takes the name of a parameter here, no wildcard.");
    }
    boolean permitted;
    if (name.equals("_revinclude")) {
      permitted = searches(session, parts[0]);
    } else if (parts.length > 2) {
      permitted = searches(session, parts[2]);
    } else {
      Set<String> targets = targets(parts[0], parts[1]);
      permitted = targets.isEmpty() || targets.stream().anyMatch(t -> searches(session, t));
    }
    if (!permitted || !searches(session, parts[0])) {
      throw beyond(request, name + " would bring a type that you may not search.");
    }
  }

  /** {@code _has:Observation:patient:code}, perhaps nested: whether it is there is its answer. */
  private void reverse(AccessSession session, RequestDetails request, String name) {
    String rest = name;
    while (rest.startsWith("_has:")) {
      String[] parts = rest.split(":", 4);
      if (parts.length < 4 || !session.isUnlimited(Permission.SEARCH, parts[1])) {
        throw beyond(request, "_has is for types of which nothing is withheld from you.");
      }
      rest = parts[3];
      if (!rest.startsWith("_has:")) {
        chain(session, request, parts[1], rest);
      }
    }
  }

  private void chain(AccessSession session, RequestDetails request, String type, String name) {
    String[] steps = name.split("\\.");
    Set<String> from = Set.of(type);
    for (int i = 0; i < steps.length - 1; i++) {
      String[] step = steps[i].split(":", 2);
      Set<String> to =
          step.length > 1
              ? Set.of(step[1])
              : from.stream()
                  .flatMap(t -> targets(t, step[0]).stream())
                  .collect(Collectors.toSet());
      String next = steps[i + 1].split(":", 2)[0];
      for (String target : to) {
        if (step.length == 1 && !knows(target, next)) {
          continue;
        }
        boolean isItsPatient = i == 0 && target.equals("Patient") && searchesWhole(session, target);
        if (!isItsPatient && !session.isUnlimited(Permission.SEARCH, target)) {
          throw beyond(
              request,
              "A chain through "
                  + steps[i]
                  + " would tell of a "
                  + target
                  + " that may be withheld from you; name the type, or search in two steps.");
        }
      }
      from = to;
    }
  }

  private static boolean searches(AccessSession session, String type) {
    Interaction search = Interaction.of(Permission.SEARCH, type, Whose.NONE);
    return !session.rights().reach(search).isEmpty();
  }

  /** No filter of a scope withholds some of a type's resources, though patients do. */
  private static boolean searchesWhole(AccessSession session, String type) {
    return searches(session, type)
        && session.rights().elements(type).isEmpty()
        && !session.rights().isFiltered(Interaction.of(Permission.SEARCH, type, Whose.NONE));
  }

  private Set<String> targets(String type, String name) {
    if (!parameters.hasActiveSearchParam(type, name, SearchParamLookupContextEnum.SEARCH)) {
      return Set.of();
    }
    RuntimeSearchParam parameter =
        parameters.getActiveSearchParam(type, name, SearchParamLookupContextEnum.SEARCH);
    if (parameter == null) {
      return Set.of();
    }
    // Its declared targets are those of all types that share it; its path is more exact.
    List<String> paths = parameter.getPathsSplitForResourceType(type);
    return !paths.isEmpty() && paths.stream().allMatch(path -> path.contains(ONLY_PATIENTS))
        ? Set.of("Patient")
        : parameter.getTargets();
  }

  /** A chain goes on only into types that have its next parameter. */
  private boolean knows(String type, String name) {
    return parameters.hasActiveSearchParam(type, name, SearchParamLookupContextEnum.SEARCH);
  }

  private static RuntimeException beyond(RequestDetails request, String text) {
    return Refusals.forbidden(request, RefusalReason.SEARCH_BEYOND_REACH, text);
  }
}

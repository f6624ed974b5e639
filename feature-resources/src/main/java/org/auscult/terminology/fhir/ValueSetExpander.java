package org.auscult.terminology.fhir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.fhir.IncludedCodes;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetFilterComponent;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionComponent;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.jspecify.annotations.Nullable;

/**
 * Expands ValueSets from what is written in them and in the CodeSystems that they name: lists,
 * filters, other ValueSets, exclusions. What cannot be expanded to the last code is not expanded.
 * Families of ICD-10 ({@link CodeFamilies}) need no CodeSystem, and stand for all of their codes.
 *
 * <p>Where a CodeSystem is not here, an expansion that the ValueSet itself carries stands, if it
 * says of itself that it is whole: that is how a site brings what a licensed terminology server
 * expanded.
 */
public final class ValueSetExpander {
  /** More than any feature needs; one read of a timeline names them all. */
  public static final int MOST = 50_000;

  private static final int DEEPEST = 10;

  private final Content content;

  /** Port: the terminology that is here. */
  public interface Content {
    /**
     * Code systems of a url.
     *
     * @param version null for every version
     */
    List<CodeSystem> codeSystems(String url, @Nullable String version);

    /** ValueSets of {@code url|version}, or of every version of a {@code url}. */
    List<ValueSet> valueSets(String canonical);
  }

  public ValueSetExpander(Content content) {
    this.content = content;
  }

  /** The codes of a ValueSet by its canonical. */
  public Expansion expand(String canonical) {
    try {
      Set<Code> codes = new Run().named(canonical, List.of());
      return codes.isEmpty()
          ? new Expansion.Impossible("ValueSet " + canonical + " holds no code")
          : new Expansion.Whole(codes);
    } catch (CannotExpand e) {
      return new Expansion.Impossible(String.valueOf(e.getMessage()));
    }
  }

  /** One expansion; each code system is read once. */
  private final class Run {
    private final Map<String, ConceptTree> trees = new HashMap<>();

    /**
     * @param above the ValueSets that include it
     */
    Set<Code> named(String canonical, List<String> above) throws CannotExpand {
      if (above.contains(canonical) || above.size() > DEEPEST) {
        throw new CannotExpand("ValueSet " + canonical + " includes itself");
      }
      List<ValueSet> found = content.valueSets(canonical);
      if (found.size() != 1) {
        throw new CannotExpand(
            found.isEmpty()
                ? "ValueSet " + canonical + " is not here"
                : "there are several versions of ValueSet " + canonical + "; name one");
      }
      List<String> path = new ArrayList<>(above);
      path.add(canonical);
      return of(found.get(0), canonical, path);
    }

    private Set<Code> of(ValueSet valueSet, String canonical, List<String> path)
        throws CannotExpand {
      if (!valueSet.getCompose().hasInclude()) {
        if (!valueSet.hasExpansion()) {
          throw new CannotExpand("ValueSet " + canonical + " names no codes");
        }
        return carried(valueSet.getExpansion(), canonical);
      }
      try {
        return composed(valueSet, canonical, path);
      } catch (CannotExpand e) {
        if (!valueSet.hasExpansion()) {
          throw new CannotExpand(canonical + ": " + e.getMessage());
        }
        return carried(valueSet.getExpansion(), canonical);
      }
    }

    private Set<Code> composed(ValueSet valueSet, String canonical, List<String> path)
        throws CannotExpand {
      boolean withInactive =
          !valueSet.getCompose().hasInactive() || valueSet.getCompose().getInactive();
      boolean isPlain = !valueSet.getCompose().hasExclude();
      Set<Code> codes = new LinkedHashSet<>();
      for (ConceptSetComponent include : valueSet.getCompose().getInclude()) {
        Optional<Set<Code>> said = isPlain ? IncludedCodes.of(include) : Optional.empty();
        codes.addAll(said.isPresent() ? said.get() : part(include, withInactive, path));
      }
      if (!isPlain) {
        listed(codes);
        for (ConceptSetComponent exclude : valueSet.getCompose().getExclude()) {
          codes.removeAll(listed(part(exclude, true, path)));
        }
      }
      return bounded(codes, canonical);
    }

    /** What all of its conditions leave. */
    private Set<Code> part(ConceptSetComponent part, boolean withInactive, List<String> path)
        throws CannotExpand {
      Set<Code> codes = part.hasSystem() ? ofSystem(part, withInactive) : null;
      if (codes == null && (part.hasConcept() || part.hasFilter())) {
        throw new CannotExpand("codes or filters are named without their system");
      }
      for (CanonicalType other : part.getValueSet()) {
        Set<Code> others = named(other.getValue(), path);
        if (codes == null) {
          codes = others;
        } else {
          listed(codes).retainAll(listed(others));
        }
      }
      if (codes == null) {
        throw new CannotExpand("a part names neither a system nor a ValueSet");
      }
      return codes;
    }

    /** Of a code with all that lie below it nothing can be taken away without knowing them. */
    private static Set<Code> listed(Set<Code> codes) throws CannotExpand {
      if (CodeFamilies.areAmong(codes)) {
        throw new CannotExpand("a family of ICD-10 codes is restricted, and not listed");
      }
      return codes;
    }

    private Set<Code> ofSystem(ConceptSetComponent part, boolean withInactive) throws CannotExpand {
      Set<Code> codes = new LinkedHashSet<>();
      if (part.hasConcept()) {
        if (part.hasFilter()) {
          throw new CannotExpand("a part of " + part.getSystem() + " has both codes and filters");
        }
        part.getConcept().stream()
            .filter(ValueSet.ConceptReferenceComponent::hasCode)
            .forEach(c -> codes.add(new Code(part.getSystem(), c.getCode())));
        return codes;
      }
      ConceptTree tree = tree(part.getSystem(), part.getVersion());
      Set<String> chosen = new LinkedHashSet<>(tree.all());
      for (ConceptSetFilterComponent filter : part.getFilter()) {
        chosen.retainAll(tree.select(filter));
      }
      chosen.stream()
          .filter(code -> withInactive || !tree.isInactive(code))
          .forEach(code -> codes.add(new Code(part.getSystem(), code)));
      return codes;
    }

    private ConceptTree tree(String system, @Nullable String version) throws CannotExpand {
      String key = version == null ? system : system + "|" + version;
      ConceptTree known = trees.get(key);
      if (known != null) {
        return known;
      }
      List<CodeSystem> found = content.codeSystems(system, version);
      if (found.size() != 1) {
        throw new CannotExpand(
            found.isEmpty()
                ? "the CodeSystem " + key + " is not here"
                : "there are several versions of the CodeSystem "
                    + key
                    + "; name one in compose.include.version");
      }
      ConceptTree tree = ConceptTree.of(found.get(0));
      trees.put(key, tree);
      return tree;
    }

    private Set<Code> carried(ValueSetExpansionComponent expansion, String canonical)
        throws CannotExpand {
      Set<Code> codes = new LinkedHashSet<>();
      int told = add(expansion.getContains(), codes, canonical);
      if (expansion.hasOffset() && expansion.getOffset() > 0) {
        throw new CannotExpand("ValueSet " + canonical + " carries a page of its expansion");
      }
      if (!expansion.hasTotal() || expansion.getTotal() != told) {
        throw new CannotExpand(
            "ValueSet %s carries an expansion of %d codes, and total does not say the same"
                .formatted(canonical, told));
      }
      return bounded(codes, canonical);
    }

    private int add(
        List<ValueSetExpansionContainsComponent> contains, Set<Code> codes, String canonical)
        throws CannotExpand {
      int told = 0;
      for (ValueSetExpansionContainsComponent one : contains) {
        if (one.hasCode()) {
          if (!one.hasSystem()) {
            throw new CannotExpand("ValueSet " + canonical + " carries a code without its system");
          }
          told++;
          if (!one.getAbstract()) {
            codes.add(new Code(one.getSystem(), one.getCode()));
          }
        }
        told += add(one.getContains(), codes, canonical);
      }
      return told;
    }

    private Set<Code> bounded(Set<Code> codes, String canonical) throws CannotExpand {
      if (codes.size() > MOST) {
        throw new CannotExpand(
            "ValueSet %s has %,d codes, more than %,d".formatted(canonical, codes.size(), MOST));
      }
      return codes;
    }
  }
}

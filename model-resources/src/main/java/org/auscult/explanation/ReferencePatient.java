package org.auscult.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.auscult.model.ModelInput;
import org.auscult.model.PredictionModel;

/** The patient against whom contributions are counted. */
public final class ReferencePatient {
  private ReferencePatient() {}

  /** In words: {@code same sex, age 55 a, …, no diabetes}. */
  public static String inWords(PredictionModel model) {
    return inWords(model, Set.of(), "");
  }

  /**
   * In words that leave some inputs out.
   *
   * @param hidden names of inputs
   * @param instead stands for them
   */
  public static String inWords(PredictionModel model, Set<String> hidden, String instead) {
    List<String> words = new ArrayList<>();
    for (ModelInput input : model.inputs()) {
      if (hidden.contains(input.name())) {
        continue;
      }
      Double reference = input.reference();
      if (reference == null) {
        words.add("same " + input.title());
      } else if (isTruth(input)) {
        words.add((reference == 0 ? "no " : "") + input.title());
      } else {
        words.add(input.title() + " " + PlainNumber.of(reference) + unit(input.unit()));
      }
    }
    if (!hidden.isEmpty()) {
      words.add(instead);
    }
    return String.join(", ", words);
  }

  /** Whether an input is yes or no. */
  public static boolean isTruth(ModelInput input) {
    return input.unit().equals("1");
  }

  /** A unit as people write it, with a space before; nothing for pure numbers. */
  public static String unit(String ucum) {
    return switch (ucum) {
      case "1", "{score}" -> "";
      case "a" -> " years";
      case "Cel" -> " °C";
      case "mm[Hg]" -> " mmHg";
      case "kg/m2" -> " kg/m²";
      case "mL/min/{1.73_m2}" -> " mL/min/1.73 m²";
      default -> " " + ucum;
    };
  }
}

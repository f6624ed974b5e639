package org.auscult.deidentification.fhir;

import static org.auscult.deidentification.fhir.ValueMasks.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.auscult.deidentification.Profile;
import org.auscult.deidentification.ZipCodes;
import org.jspecify.annotations.Nullable;

/**
 * What is left of an address: country; in the United States also the state, and the first three
 * digits of the ZIP code. A limited data set keeps the city and the whole ZIP code.
 */
final class Addresses {
  /** Letters only: a street has a number. */
  private static final Pattern CITY = Pattern.compile("[\\p{L}][\\p{L} .'’-]{0,39}");

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Set<String> OURS = Set.of("US", "USA", "United States");
  private static final Set<String> STATES =
      Set.copyOf(
          Arrays.asList(
              ("AL,AK,AZ,AR,CA,CO,CT,DE,DC,FL,GA,HI,ID,IL,IN,IA,KS,KY,LA,ME,MD,MA,MI,MN,MS,MO,MT,"
                      + "NE,NV,NH,NJ,NM,NY,NC,ND,OH,OK,OR,PA,RI,SC,SD,TN,TX,UT,VT,VA,WA,WV,WI,WY,"
                      + "AS,GU,MP,PR,VI,Alabama,Alaska,Arizona,Arkansas,California,Colorado,"
                      + "Connecticut,Delaware,District of Columbia,Florida,Georgia,Hawaii,Idaho,"
                      + "Illinois,Indiana,Iowa,Kansas,Kentucky,Louisiana,Maine,Maryland,"
                      + "Massachusetts,Michigan,Minnesota,Mississippi,Missouri,Montana,Nebraska,"
                      + "Nevada,New Hampshire,New Jersey,New Mexico,New York,North Carolina,"
                      + "North Dakota,Ohio,Oklahoma,Oregon,Pennsylvania,Rhode Island,South Carolina,"
                      + "South Dakota,Tennessee,Texas,Utah,Vermont,Virginia,Washington,"
                      + "West Virginia,Wisconsin,Wyoming,Puerto Rico,Guam")
                  .split(",")));

  private final Profile profile;

  Addresses(Profile profile) {
    this.profile = profile;
  }

  @Nullable JsonNode mask(JsonNode address) {
    ObjectNode masked = JsonNodeFactory.instance.objectNode();
    String country = text(address.path("country"));
    boolean here = OURS.contains(country) || !address.has("country");
    if (here) {
      inStates(address, masked);
    }
    if (OURS.contains(country)) {
      masked.put("country", "US");
    } else if (COUNTRIES.contains(country)) {
      masked.put("country", country);
    }
    return masked.isEmpty() ? null : masked;
  }

  private void inStates(JsonNode address, ObjectNode masked) {
    String zip = text(address.path("postalCode"));
    Optional<String> kept = profile == Profile.LIMITED ? ZipCodes.whole(zip) : ZipCodes.coarse(zip);
    String city = text(address.path("city"));
    if (profile == Profile.LIMITED && CITY.matcher(city).matches()) {
      masked.put("city", city);
    }
    String state = text(address.path("state"));
    if (STATES.contains(state)) {
      masked.put("state", state);
    }
    kept.ifPresent(code -> masked.put("postalCode", code));
  }
}

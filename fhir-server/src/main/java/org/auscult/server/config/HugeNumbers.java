package org.auscult.server.config;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import ca.uhn.fhir.util.UrlUtil;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * Refuses numbers that no measurement has, in searches and in XML; those in JSON are seen as the
 * body comes. HAPI writes numbers out in full, and {@code 1e999999999} is a gigabyte: a request of
 * a few bytes would keep a thread for minutes. What no double can hold it cannot index either.
 */
@Interceptor
public final class HugeNumbers {
  private static final int MOST_DIGITS = 300;

  private static final Pattern HUGE =
      Pattern.compile(
          "([a-z]{2})?[+-]?([\\d.]+[eE][+-]?0*[1-9]\\d{2,}|[\\d.]{200,}([eE].*)?)(\\|.*)?");

  private static final Set<RestSearchParameterTypeEnum> NUMERIC =
      Set.of(
          RestSearchParameterTypeEnum.NUMBER,
          RestSearchParameterTypeEnum.QUANTITY,
          RestSearchParameterTypeEnum.COMPOSITE);

  private final FhirContext fhir;
  private final ISearchParamRegistry parameters;

  HugeNumbers(FhirContext fhir, ISearchParamRegistry parameters) {
    this.fhir = fhir;
    this.parameters = parameters;
  }

  /** Before anything is done: of the URL, of conditions, and of a bundle's entries. */
  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
  public void check(RequestDetails request) {
    checkQuery(request.getParameters());
    checkUrl(request.getHeader(Constants.HEADER_IF_NONE_EXIST));
    IBaseResource resource = request.getResource();
    if (resource instanceof Bundle bundle) {
      bundle.getEntry().forEach(this::checkEntry);
    }
    boolean isXml = EncodingEnum.XML.equals(encoding(request));
    if (resource != null && isXml) {
      fhir.newTerser()
          .getAllPopulatedChildElementsOfType(resource, DecimalType.class)
          .forEach(number -> checkValue(number.getValue()));
    }
  }

  private static @Nullable EncodingEnum encoding(RequestDetails request) {
    String type = request.getHeader(Constants.HEADER_CONTENT_TYPE);
    return type == null ? null : EncodingEnum.forContentType(type.replaceFirst(";.*", "").strip());
  }

  private void checkEntry(BundleEntryComponent entry) {
    checkUrl(entry.getRequest().getUrl());
    checkUrl(entry.getRequest().getIfNoneExist());
  }

  private void checkUrl(@Nullable String url) {
    if (url != null && url.contains("=")) {
      checkQuery(UrlUtil.parseQueryStrings(url.substring(url.indexOf('?') + 1)));
    }
  }

  private void checkQuery(Map<String, String[]> query) {
    query.forEach(
        (name, values) -> {
          for (String value : values) {
            for (String one : value.split("[,$]")) {
              if (HUGE.matcher(one).matches() && isNumeric(name)) {
                throw huge("The search parameter '" + code(name) + "'");
              }
            }
          }
        });
  }

  /** Asked only of a value that looks so; of a chain, its last part counts. */
  private boolean isNumeric(String name) {
    String code = code(name);
    return fhir.getResourceTypes().stream()
        .map(
            type ->
                parameters.getActiveSearchParam(type, code, SearchParamLookupContextEnum.SEARCH))
        .anyMatch(found -> found != null && NUMERIC.contains(type(found)));
  }

  private static RestSearchParameterTypeEnum type(RuntimeSearchParam found) {
    return found.getParamType();
  }

  private static String code(String name) {
    String last = name.startsWith("_has:") ? name.substring(name.lastIndexOf(':') + 1) : name;
    return last.replaceFirst(".*\\.", "").replaceFirst(":.*", "");
  }

  private static void checkValue(@Nullable BigDecimal value) {
    if (value != null
        && (Math.abs((long) value.precision() - value.scale()) > MOST_DIGITS
            || Math.abs((long) value.scale()) > MOST_DIGITS)) {
      throw huge("The body");
    }
  }

  private static InvalidRequestException huge(String where) {
    return new InvalidRequestException(
        where + " has a number of more than 200 digits, or with an exponent of more than two");
  }
}

package org.auscult.prove.outcomes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A page as a stranger would look at it: well-formed, without anything that runs or is fetched, and
 * with the figures of a MeasureReport.
 *
 * @param text of the page
 */
record PageCheck(String text, Element root) {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Set<String> FETCHING =
      Set.of(
          "script", "link", "img", "iframe", "object", "embed", "image", "use", "base", "audio",
          "video");

  static PageCheck of(byte[] page) throws IOException {
    String text = new String(page, StandardCharsets.UTF_8);
    try {
      return new PageCheck(
          text,
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(text.replaceFirst("<!DOCTYPE html>\n", ""))))
              .getDocumentElement());
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException("The page is not well-formed", e);
    }
  }

  /** What of it would run or be fetched. */
  List<String> reachesOut() {
    List<String> found = new ArrayList<>();
    NodeList all = root.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      if (FETCHING.contains(element.getTagName())) {
        found.add("<" + element.getTagName() + ">");
      }
      for (int a = 0; a < element.getAttributes().getLength(); a++) {
        String name = element.getAttributes().item(a).getNodeName();
        if (name.startsWith("on") || name.endsWith("href") || name.startsWith("src")) {
          found.add(name);
        }
      }
    }
    if (text.contains("@import") || text.replace("url(#", "").contains("url(")) {
      found.add("a style that fetches");
    }
    return found;
  }

  /** The hash that the page tells, if it is right; a sentence if it is not. */
  String hash() {
    Matcher told = HASH.matcher(text);
    if (!told.find()) {
      return "the page tells no hash";
    }
    String zeros = text.replace(told.group(), "0".repeat(told.group().length()));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(zeros.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).equals(told.group())
          ? told.group()
          : "the page tells another hash than its own";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Values and ends of intervals that tables of figures tell. */
  Set<BigDecimal> figures() {
    Set<BigDecimal> figures = new TreeSet<>();
    NodeList tables = root.getElementsByTagName("table");
    for (int i = 0; i < tables.getLength(); i++) {
      Element table = (Element) tables.item(i);
      if (table.getAttribute("class").equals("figures")) {
        NodeList numbers = table.getElementsByTagName("data");
        for (int n = 0; n < numbers.getLength(); n++) {
          figures.add(new BigDecimal(((Element) numbers.item(n)).getAttribute("value")));
        }
      }
    }
    return figures;
  }

  /** The same of a MeasureReport, of everybody together. */
  static Set<BigDecimal> figures(JsonNode report) {
    Set<BigDecimal> figures = new TreeSet<>();
    for (JsonNode group : report.path("group")) {
      JsonNode score = group.path("measureScore");
      if (score.has("value")) {
        figures.add(score.path("value").decimalValue());
        for (JsonNode extension : score.path("extension")) {
          if (extension.path("url").asText().endsWith("/figure-interval")) {
            add(figures, extension);
          }
        }
      }
    }
    return figures;
  }

  private static void add(Set<BigDecimal> figures, JsonNode interval) {
    for (JsonNode part : interval.path("extension")) {
      if (Set.of("lower", "upper").contains(part.path("url").asText())) {
        figures.add(part.path("valueDecimal").decimalValue());
      }
    }
  }
}

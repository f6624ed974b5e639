package org.auscult.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DepthTest {
  private static int deepest(String text) {
    return deepest(text, StandardCharsets.UTF_8);
  }

  private static int deepest(String text, Charset charset) {
    Depth depth = new Depth();
    int deepest = 0;
    for (byte b : text.getBytes(charset)) {
      deepest = Math.max(deepest, depth.next(b & 0xFF));
    }
    return deepest;
  }

  @Test
  void countsObjectsAndArrays() {
    assertThat(deepest("{\"a\":[{\"b\":1},{\"c\":[]}],\"d\":{}}")).isEqualTo(4);
    assertThat(deepest(" \n[[1],[2],[3]]")).isEqualTo(2);
    assertThat(deepest("\uFEFF[[]]")).isEqualTo(2);
    assertThat(deepest("[[[]]]", StandardCharsets.UTF_16)).isEqualTo(3);
  }

  @Test
  void countsNoBracketsInStrings() {
    assertThat(deepest("{\"a\":\"[[[[\"}")).isEqualTo(1);
    assertThat(deepest("{\"a\\\"[[\":1}")).isEqualTo(1);
    assertThat(deepest("{\"a\":\"\\\\\",\"b\":[[]]}")).isEqualTo(3);
    assertThat(deepest("\"[[[\"")).isZero();
  }

  @Test
  void bracketsInStringsHideNoDepth() {
    assertThat(deepest("[\"]]]]\",[\"]]\",[[1]]]]")).isEqualTo(4);
  }

  @Test
  void countsElements() {
    assertThat(deepest("<?xml version='1.0'?><a><b x='/'><c/></b><b/></a>")).isEqualTo(3);
    assertThat(deepest("<a><b></b><b></b><b></b></a>")).isEqualTo(2);
    assertThat(deepest("<a x=\"<b><b>\" y='>/'><b></b></a>")).isEqualTo(2);
  }

  @Test
  void neitherCommentsNorSectionsHideOrFeignDepth() {
    assertThat(deepest("<a><!-- > </a></a> --><b><c></c></b></a>")).isEqualTo(3);
    assertThat(deepest("<a><!--- <b><b> ---><b></b></a>")).isEqualTo(2);
    assertThat(deepest("<a><!--> <b></b><b></b>--></a>")).isEqualTo(1);
    assertThat(deepest("<a><![CDATA[ > </a></a> <x><x> ]]><b></b></a>")).isEqualTo(2);
    assertThat(deepest("<a><? </a> ?><b></b></a>")).isEqualTo(2);
    assertThat(deepest("<!DOCTYPE a><a><b/></a>")).isEqualTo(2);
  }

  private static boolean isHuge(String text) {
    Depth depth = new Depth();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      depth.next(b & 0xFF);
    }
    return depth.isHuge();
  }

  @Test
  void seesNumbersThatNoMeasurementHas() {
    assertThat(isHuge("{\"a\":1e999999999}")).isTrue();
    assertThat(isHuge("{\"a\":1.5E-100}")).isTrue();
    assertThat(isHuge("[1,2,-1e+0100]")).isTrue();
    assertThat(isHuge("[" + "9".repeat(201) + "]")).isTrue();
    assertThat(isHuge("[0." + "9".repeat(200) + "]")).isTrue();
  }

  @Test
  void takesNumbersThatMeasurementsHave() {
    assertThat(isHuge("[" + "9".repeat(200) + "," + "9".repeat(200) + "]")).isFalse();
    assertThat(isHuge("{\"a\":1e99,\"b\":-2.5E-0012,\"c\":[1e5,1e6]}")).isFalse();
    assertThat(isHuge("{\"1e999999999\":\"1e999999999\"}")).isFalse();
    assertThat(isHuge("[true,false,null,1e9]")).isFalse();
    assertThat(isHuge("<a b='1e999999999'/>")).isFalse();
  }

  @Test
  void countsNothingElse() {
    assertThat(deepest("a=[[[[&b={{{{")).isZero();
    assertThat(deepest("")).isZero();
  }
}

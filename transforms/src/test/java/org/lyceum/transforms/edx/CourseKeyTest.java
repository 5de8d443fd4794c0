package org.lyceum.transforms.edx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CourseKeyTest {

  @ParameterizedTest
  @CsvSource({
    "course-v1:LyceumX+ALG1+2024_T1, LyceumX, ALG1, 2024_T1",
    "LyceumX/GEO1/2013_Spring, LyceumX, GEO1, 2013_Spring",
    "ccx-v1:LyceumX+ALG1+2024_T1+ccx@7, LyceumX, ALG1, 2024_T1",
    "library-v1:LyceumX+ALGLIB, LyceumX, ALGLIB,",
    "course-v1:Ly.ceum-X+6.00~1+T1, Ly.ceum-X, 6.00~1, T1",
    "course-v1:Lycée+Algèbre+2024, Lycée, Algèbre, 2024"
  })
  void keysOfBothGenerations(String id, String org, String course, String run) {
    assertEquals(new CourseKey(id, org, course, run), CourseKey.parse(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "LyceumX",
        "LyceumX/GEO1",
        "LyceumX/GEO1/2013/Spring",
        "LyceumX//2013",
        "LyceumX/GEO 1/2013",
        "course-v1:LyceumX+ALG1",
        "course-v1:LyceumX+ALG1+",
        "course-v1:LyceumX+ALG1+2024+T1",
        "ccx-v1:LyceumX+ALG1+2024_T1",
        "ccx-v1:LyceumX+ALG1+2024_T1+ccx@",
        "library-v1:LyceumX+ALGLIB+1",
        "block-v1:LyceumX+ALG1+2024_T1+type@problem+block@slope"
      })
  void otherTextIsNoKey(String text) {
    assertNull(CourseKey.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "/courses/course-v1:DemoX+DemoX+T1_2014/about, course-v1:DemoX+DemoX+T1_2014",
    "/courses/edX/Open_DemoX/edx_demo_course/info, edX/Open_DemoX/edx_demo_course",
    "https://courses.edx.org/xblock/block-v1:DemoX+DemoX+T1_2014+type@vertical+block@3848270?p1=0,"
        + " course-v1:DemoX+DemoX+T1_2014",
    "https://courses.edx.org/courses/course-v1:DemoX+DemoX+T1_2014?x=1,"
        + " course-v1:DemoX+DemoX+T1_2014",
    "/courses/course-v1:DemoX+DemoX+T1_2014#top, course-v1:DemoX+DemoX+T1_2014",
    "/courses/course-v1%3ADemoX%2BDemoX%2BT1_2014/, course-v1:DemoX+DemoX+T1_2014",
    "/courses/edX/Open_DemoX/edx_demo_course, edX/Open_DemoX/edx_demo_course",
    "/xblock/ccx-block-v1:D+D+T+ccx@3+type@html+block@a, ccx-v1:D+D+T+ccx@3",
    "/xblock/lib-block-v1:D+LIB+type@html+block@a, library-v1:D+LIB",
    "/courses/course-v1:D+D+T/xblock/i4x:;_;_D;_D;_problem;_a/handler, course-v1:D+D+T",
    "/api/courses/v1/courses/course-v1:D+D+T, course-v1:D+D+T"
  })
  void keysInUrls(String url, String id) {
    assertEquals(id, CourseKey.inUrl(url).id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/courses/",
        "/courses/LyceumX/GEO1",
        "/courses/LyceumX/GEO1/",
        "/courses/v1/blocks/list",
        "/api/courses/v1/courses/",
        "/xblock/block-v1:DemoX+DemoX+T1_2014",
        "/login?next=/courses/edX/Open_DemoX/edx_demo_course/info",
        "/courses/course-v1%3ZDemoX/a b/c",
        "x_module"
      })
  void urlsWithoutOne(String url) {
    assertNull(CourseKey.inUrl(url));
  }
}

package io.github.niotmp.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonTest {
  @Test
  void aReaderGetsTheValuesBack() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("null", null);
    values.put("empty", List.of());
    values.put("none", Map.of());
    values.put("numbers", List.of(-1, 0, Long.MAX_VALUE));
    values.put("nested", Map.of("list", List.of(true, List.of(false, Map.of("a", "b")))));
    values.put("key \"\\\n", "value");

    assertThat(JsonMapper.shared().readValue(Json.text(values), Object.class)).isEqualTo(values);
  }

  @Test
  void eachCharacterIsReadBackFromAscii() {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < Character.MIN_SURROGATE; c++) {
      all.append(c);
    }
    all.append("\ud83d\ude00\uffff");

    String json = Json.text(new ArrayList<>(List.of(all.toString())));

    assertThat(json).matches("[\\n -~]*");
    assertThat(JsonMapper.shared().readValue(json, Object.class))
        .isEqualTo(List.of(all.toString()));
  }

  @Test
  void itIsIndented() {
    assertThat(Json.text(Map.of("a", List.of(1, Map.of()))))
        .isEqualTo(
            """
            {
              "a": [
                1,
                {}
              ]
            }""");
  }
}

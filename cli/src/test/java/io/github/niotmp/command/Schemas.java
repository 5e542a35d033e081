package io.github.niotmp.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;

/** Validates JSON against the schemas that the commands print. */
final class Schemas {
  private Schemas() {}

  /** Fails if an answer of a command does not follow its schema. */
  static void assertValid(String command, String json) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JsonOptions.schemaOf(command));
    assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
  }
}

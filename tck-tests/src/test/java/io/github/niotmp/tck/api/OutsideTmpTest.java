package io.github.niotmp.tck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a temporary file says of the disk where it is in no {@code tmp:} file system. */
class OutsideTmpTest {

  @ParameterizedTest
  @EnumSource(names = {"DISK", "JIMFS"})
  void itHasRolledOverFromTheStart(Place place) throws IOException {
    try (Place.Opened opened = place.open();
        TempFile file = TempFile.create(TempOptions.defaults().directory(opened.directory()))) {
      assertThat(file.isRolledOver()).isTrue();
      file.rollOver();
      assertThat(file.path()).isEmptyFile();
    }
  }

  @Test
  void onTheDiskItsPathIsTheHosts() throws IOException {
    try (Place.Opened opened = Place.DISK.open();
        TempFile file = TempFile.create(TempOptions.defaults().directory(opened.directory()));
        TempFile unnamed =
            TempFile.createUnnamed(TempOptions.defaults().directory(opened.directory()))) {
      assertThat(file.hostPath()).isEqualTo(file.path());
      assertThatThrownBy(unnamed::hostPath).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void withoutANameItHasNoneOnTheHostEither() throws IOException {
    try (Place.Opened opened = Place.HOST.open();
        TempFile unnamed =
            TempFile.createUnnamed(TempOptions.defaults().directory(opened.directory()))) {
      assertThatThrownBy(unnamed::hostPath)
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("create() gives it a name");
    }
  }

  @Test
  void elsewhereThereIsNoPathOfTheHost() throws IOException {
    try (Place.Opened opened = Place.JIMFS.open();
        TempFile file = TempFile.create(TempOptions.defaults().directory(opened.directory()))) {
      assertThatThrownBy(file::hostPath)
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage(
              file.path().toUri()
                  + " is not on the host; TempOptions.directory(SystemTemp.directory()) makes a"
                  + " file that is");
    }
  }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-import.h>
#include <cc/sheet/cc-book-writer.h>
#include <cc/store/cc-entity.h>
#include <cc/store/cc-records.h>

/* What the tests of an import share. */
extern CcPack *pack;

/* One case file in a folder of its own, with two reporting entities. */
typedef struct
{
  char       *folder;
  CcCaseFile *file;
} Fixture;

typedef struct
{
  const char *name;
  void (*func) (Fixture *fixture, gconstpointer data);
  gconstpointer data;
} ImportTest;

/* A list with numbers of the agency's own. */
extern const char *const referenced_csv;

/* A file more than the test's own. */
void set_up_import (Fixture *fixture);
void tear_down_import (Fixture *fixture);

int run_import_tests (int argc, char **argv, const ImportTest *tests, guint n_tests);

char           *write_csv (Fixture *fixture, const char *name, const char *text);
CcImportOptions options_for (const char *entity);
void            check_arithmetic (CcImportResult *result);
char           *describe_counts (GPtrArray *counts);
void            assert_counts (GPtrArray *counts, const char *expected);
CcImportResult *import (Fixture *fixture, const char *path, CcImportOptions *options);
gint64          query (Fixture *fixture, const char *sql);
char           *content_hash (Fixture *fixture);
CcRecord       *read_record (Fixture *fixture, const char *abbr, guint position);
const char     *code_of (CcRecord *record, const char *id);
char           *codes_of (CcRecord *record, const char *id);
char           *date_of (CcRecord *record, const char *id);
void            put_row (CcSheetWriter *sheet, guint row, const char *text);

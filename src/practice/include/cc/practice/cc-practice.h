/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-day.h>
#include <cc/base/cc-progress.h>

G_BEGIN_DECLS

/* Invented countries for training, demonstrations and tests: a world of persons who never lived,
 * what eight kinds of agencies wrote down about them, each in its own language, layout and state of
 * disorder, and the answer key. The same parameters give the same cells and the same key on every
 * machine. Nothing here uses the store or the counting engine: the key is computed by plain loops,
 * so that comparing it with the engine's figures means something. */

typedef struct
{
  guint64            seed;
  guint              victims;    /* true victims; 2,000 by default */
  guint              agencies;   /* reporting entities, 2 to 40; the last one sends a nil return */
  const char *const *languages;  /* NULL: the mixture; else only agencies that write in these */
  int                level;      /* disorder of names, dates and gaps, 1 (tidy) to 5 (hopeless) */
  gboolean           big;        /* victims alone, in tables that stream out; see below */
  guint              records;    /* of a big country, so many rows whatever the victims; 0: all */
  const char        *country;    /* reporting country, ISO 3166-1 alpha-3; BEN by default */
  int                first_year; /* 2020 by default */
  int                n_years;    /* 5 by default */
} CcPracticeParams;

/* What one agency sends: a workbook, or nothing but the statement that it had no case. */
typedef struct
{
  char      *entity;   /* key: lower-case ASCII */
  char      *name;     /* in the agency's language */
  char      *type;     /* code of list RETYPE */
  char      *language; /* in which the agency writes */
  CcInterval period;
  char      *path;     /* NULL for a nil return */
  char      *map_path; /* map file for what only a person can decide; NULL where nothing is */
  gboolean   nil;
  guint      rows; /* rows that state a person or a case */
} CcPracticeFile;

typedef struct
{
  GPtrArray *files; /* CcPracticeFile* */
  guint      victims;
  guint      perpetrators;
  guint      events;
  guint      records;         /* victim, perpetrator and event records that the files state */
  char      *country;         /* alpha-3 */
  char      *population_path; /* CSV: year, sex, age_class, count, source */
  char      *key_path;        /* answer-key.casecount-key */
  char      *table_path;      /* of a big country, all rows in one table; else NULL */
  char      *schema_path;     /* the roles of its columns */
} CcPracticeResult;

/* Sets the defaults named above: seed 1, level 3. */
void cc_practice_params_init (CcPracticeParams *params);

/* Writes the agencies' files, map files, population and answer key into `directory`, which is made
 * where it does not exist; files of the same names are replaced. Progress phases:
 * progress.practice-world, progress.practice-files, progress.practice-key; progress may be NULL.
 * Errors: CC_ERROR_USAGE for parameters out of range, CC_ERROR_NOT_FOUND for a language no agency
 * writes or a country that is not known, CC_ERROR_INVALID_DATA for broken data files, those of
 * writing files, and G_IO_ERROR_CANCELLED. Returns a result to free with
 * cc_practice_result_free(). */
CcPracticeResult *cc_practice_generate (const CcPracticeParams *params,
                                        const char             *directory,
                                        CcProgress             *progress,
                                        GError                **error);
void              cc_practice_result_free (CcPracticeResult *self);
void              cc_practice_file_free (CcPracticeFile *self);

/* A big country, for measurements of the linkage: one family name has 12 % of the families and the
 * others fall off as in Zipf's law; sisters, brothers and twins are met together, telephones are
 * shared, and the same agencies write as in an ordinary country. It has no perpetrators. Each
 * agency sends one table (CSV, UTF-8), and "linkage-table.csv" holds what all of them say about
 * whom, in one form and with the truth. Files grow in parts of some thousand rows, so memory does
 * not depend on the size. */

/* What one row says; texts are empty and codes NULL where it says nothing. */
typedef struct
{
  guint       agency; /* number, from 0 */
  const char *entity; /* its key */
  guint       row;    /* in the agency's file, from 1 */
  guint64     person; /* the truth: number of the person, from 1 */
  const char *family;
  const char *given;
  const char *full_name;
  const char *alias;
  const char *father;
  const char *sex; /* code */
  CcInterval  birth;
  int         age_min; /* -1 where no age is said */
  int         age_max;
  CcInterval  detected;
  const char *citizenship; /* code of the first */
  const char *town;
  const char *document;
  const char *phone;
} CcPracticeRecord;

typedef void (*CcPracticeRecordFunc) (const CcPracticeRecord *record, gpointer user_data);

/* Tells all rows of the big country of these parameters and writes nothing; the record is `func`'s
 * during the call. Errors as of cc_practice_generate(). */
gboolean cc_practice_each_record (const CcPracticeParams *params,
                                  CcPracticeRecordFunc    func,
                                  gpointer                user_data,
                                  CcProgress             *progress,
                                  GError                **error);

/* Returns: (transfer full): the three-letter codes of the countries that can be invented. */
GPtrArray *cc_practice_list_countries (GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPracticeResult, cc_practice_result_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPracticeFile, cc_practice_file_free)

G_END_DECLS

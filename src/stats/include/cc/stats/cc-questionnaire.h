/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* A questionnaire definition (.tipq): sheets, tables, axes, forms and checks, read from a key file
 * and checked against the classification pack. Immutable once loaded; may be read from any thread.
 * The words of the format are explained in data/questionnaires/README.md. */
typedef struct _CcQuestionnaire CcQuestionnaire;

/* What a table counts. */
typedef enum
{
  CC_COUNT_VICTIMS,       /* persons: clusters of victim records */
  CC_COUNT_REGISTRATIONS, /* victim records, each on its own */
  CC_COUNT_PERPS,         /* persons: clusters of perpetrator records */
  CC_COUNT_EVENTS,        /* clusters of events that a source stated */
  CC_COUNT_RETURNS,       /* deliveries of the reporting entities */
} CcCountUnit;

typedef enum
{
  CC_SEVERITY_ERROR,
  CC_SEVERITY_WARNING,
  CC_SEVERITY_NOTE,
} CcSeverity;

/* How a victim met again counts. */
typedef enum
{
  CC_REPEAT_FIRST,     /* once, in the period of the first detection */
  CC_REPEAT_YEARLY,    /* once in each period with a detection */
  CC_REPEAT_NEW_EVENT, /* once in each period in which a further event was stated */
} CcRepeat;

typedef enum
{
  CC_SHEET_TABLES,
  CC_SHEET_FORM,
  CC_SHEET_TEXT,
} CcSheetKind;

/* One table as defined. Texts are asked for with cc_questionnaire_get_text (). */
typedef struct
{
  const char *id;    /* Q7 */
  const char *group; /* "table Q7": the group for cc_questionnaire_get_text () */
  CcCountUnit count;
  const char *where; /* "" where there is no further condition */
  const char *date;  /* field that decides the period, "" where there is none */
  gboolean    stock; /* date-mode=stock: as it stood on the last day of the period */
  CcRepeat    repeat;
  const char *rows; /* as written: axes joined by ";", blocks by "|", or "none" */
  const char *cols;
  gboolean    entry;       /* source=entry: figures are typed in, none is computed */
  gboolean    rate;        /* measure=rate */
  double      per;         /* rate per so many inhabitants */
  const char *denominator; /* "population" or "" */
  gboolean    stacked;     /* layout=stacked: each row axis in a column of labels of its own */
  int         limit;       /* rows of a country list, 0 = the axis decides */
  char      **meta;        /* boxes under the table, in order */
  const char *basis;       /* found, derived, proposed or "" */
} CcTableDefinition;

typedef struct
{
  const char *id;
  const char *group; /* "sheet victims" */
  CcSheetKind kind;
  char      **tables; /* kind tables: ids in order */
  char      **fields; /* kind form: names of typed-in boxes, see cc_questionnaire_find_field () */
} CcSheetDefinition;

/* A typed-in box of a form: a key of [form NAME] groups, field.<name>=type. */
typedef struct
{
  const char *name;
  const char *group; /* "form cover" */
  const char *key;   /* "label.<name>": for cc_questionnaire_get_text () */
  const char *type;  /* text, number, date or choice */
  char      **choices;
} CcFieldDefinition;

typedef struct
{
  const char *id;
  const char *group;
  CcSeverity  severity;
  gboolean    cumulated; /* by=cumulated; else period by period */
  const char *rule;
  const char *text; /* key in data/texts of what it says where the rule does not hold; "" where the
                       rule is told in general words */
} CcCheckDefinition;

/* Something wrong with a definition. */
typedef struct
{
  CcSeverity severity;
  char      *file;
  guint      line;
  char      *message; /* English, complete in itself: file, line and nearest known name */
} CcDefinitionProblem;

/* One definition found in a folder. */
typedef struct
{
  char            *id;
  char            *path;
  gboolean         from_user;
  CcQuestionnaire *questionnaire; /* NULL where it has errors */
  GPtrArray       *problems;      /* CcDefinitionProblem* */
} CcQuestionnaireEntry;

CcQuestionnaire *cc_questionnaire_load (CcPack *pack, const char *path, GError **error);
CcQuestionnaire *
cc_questionnaire_load_text (CcPack *pack, const char *name, const char *text, GError **error);
CcQuestionnaire *
cc_questionnaire_find (CcPack *pack, const char *id, const char *user_directory, GError **error);
GPtrArray       *cc_questionnaire_list (CcPack *pack, const char *user_directory, GError **error);
GPtrArray       *cc_questionnaire_check (CcPack *pack, const char *path, GError **error);
CcQuestionnaire *cc_questionnaire_new_table (CcPack     *pack,
                                             const char *count,
                                             const char *rows,
                                             const char *cols,
                                             const char *where,
                                             const char *date,
                                             GError    **error);
CcQuestionnaire *cc_questionnaire_ref (CcQuestionnaire *self);
void             cc_questionnaire_unref (CcQuestionnaire *self);

CcPack     *cc_questionnaire_get_pack (CcQuestionnaire *self);
const char *cc_questionnaire_get_id (CcQuestionnaire *self);
int         cc_questionnaire_get_version (CcQuestionnaire *self);
const char *cc_questionnaire_get_checksum (CcQuestionnaire *self);
const char *cc_questionnaire_get_rollup (CcQuestionnaire *self);
gboolean    cc_questionnaire_is_stand_in (CcQuestionnaire *self);
char      **cc_questionnaire_get_languages (CcQuestionnaire *self);
int         cc_questionnaire_get_n_years (CcQuestionnaire *self);
int         cc_questionnaire_get_first_month (CcQuestionnaire *self);
int         cc_questionnaire_get_suppress (CcQuestionnaire *self);
gboolean    cc_questionnaire_blank_is_zero (CcQuestionnaire *self);
char      **cc_questionnaire_get_params (CcQuestionnaire *self);
const char *cc_questionnaire_get_param (CcQuestionnaire *self, const char *name);
const char *cc_questionnaire_get_text (CcQuestionnaire *self,
                                       const char      *group,
                                       const char      *key,
                                       const char      *language);
const char *cc_questionnaire_get_title (CcQuestionnaire *self, const char *language);
const char *cc_questionnaire_get_table_title (CcQuestionnaire         *self,
                                              const CcTableDefinition *table,
                                              const char              *language);

guint                    cc_questionnaire_get_n_sheets (CcQuestionnaire *self);
const CcSheetDefinition *cc_questionnaire_get_sheet (CcQuestionnaire *self, guint index);
guint                    cc_questionnaire_get_n_tables (CcQuestionnaire *self);
const CcTableDefinition *cc_questionnaire_get_table (CcQuestionnaire *self, guint index);
const CcTableDefinition *cc_questionnaire_find_table (CcQuestionnaire *self, const char *id);
const CcFieldDefinition *cc_questionnaire_find_field (CcQuestionnaire *self, const char *name);
guint                    cc_questionnaire_get_n_checks (CcQuestionnaire *self);
const CcCheckDefinition *cc_questionnaire_get_check (CcQuestionnaire *self, guint index);

/* The axes a table builder may offer for a unit: names with labels. Free with g_strfreev (). */
char **cc_questionnaire_list_axes (CcQuestionnaire *self, CcCountUnit count);
const char *
cc_questionnaire_get_axis_label (CcQuestionnaire *self, const char *axis, const char *language);

/* The first categories of an axis, "0 to 11, 12 to 17, 18 to 24 …": tells axes with the same title
 * apart. "" for an axis without categories of its own. Free it. */
char *
cc_questionnaire_describe_axis (CcQuestionnaire *self, const char *axis, const char *language);

void cc_definition_problem_free (CcDefinitionProblem *self);
void cc_questionnaire_entry_free (CcQuestionnaireEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcQuestionnaire, cc_questionnaire_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcDefinitionProblem, cc_definition_problem_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcQuestionnaireEntry, cc_questionnaire_entry_free)

G_END_DECLS

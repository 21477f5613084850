/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-csv.h>
#include <cc/base/cc-random.h>
#include <cc/model/cc-pack.h>
#include <cc/practice/cc-practice.h>

G_BEGIN_DECLS

/* How the parts of this layer hang together: the data files (cc-practice-data) hold names, words,
 * layouts and weights; the world (cc-practice-world) is what truly happened; contacts
 * (cc-practice-contacts) say which agency met whom and what it noted; cells (cc-practice-cells)
 * turn notes into written texts and at the same time into what a careful reader can take from those
 * texts; facts (cc-practice-facts) merge such readings into persons, or take the world's truth, and
 * the tables (cc-practice-tables) count persons. All chances are whole numbers in 10,000, so that
 * no rounding of floating point can differ between machines. */

#define CC_PRACTICE_MAX_CODES    8
#define CC_PRACTICE_N_SPELLINGS  3
#define CC_PRACTICE_MAX_TOWNS    8
#define CC_PRACTICE_MAX_SERVICES 4
#define CC_PRACTICE_AGE_OPEN     200 /* stands for an open upper end of an age */

/* A small set of codes in the order they were met. */
typedef struct
{
  guint         n;
  const CcCode *at[CC_PRACTICE_MAX_CODES];
} CcCodeSet;

/* Ways of spelling one and the same name. */
typedef enum
{
  CC_SPELLING_FRENCH,
  CC_SPELLING_ENGLISH,
  CC_SPELLING_PORTUGUESE,
} CcSpelling;

/* One common name, or one sound of rare names. */
typedef struct
{
  char *spelled[CC_PRACTICE_N_SPELLINGS];
  guint weight;
} CcNameEntry;

typedef struct
{
  char   *region;
  GArray *names[3]; /* CcNameEntry: family, given f, given m; given names stand under their own
                     * regions */
  guint   sum[3];
  GArray *sounds[2]; /* CcNameEntry: onsets, vowels */
} CcNameRegion;

typedef struct
{
  const CcCode *code;
  guint         citizens;
  guint         destinations;
  CcSpelling    spelling;
  GArray       *families; /* CcRegionShare */
  GArray       *givens;
  char        **towns;
  const char   *dial; /* calling code without + */
  guint         row;  /* in the table of countries, for the words */
} CcPracticeCountry;

typedef struct
{
  guint region;
  guint share;
} CcRegionShare;

typedef struct
{
  const CcCode *code;
  guint         weight[2]; /* adults, children */
} CcWeight;

/* One column of an agency's sheet. */
typedef struct
{
  char *header;
  char *group; /* heading above it, "" where there is none */
  char *field;
  char *style;
  guint fill; /* share of rows in which the agency has it, in 10,000 */
} CcColumnLayout;

typedef struct
{
  char      *kind; /* victims, perpetrators, events */
  char      *name; /* of the sheet, in the agency's language */
  GPtrArray *columns;
} CcSheetLayout;

/* One kind of agency, as its data files describe it. */
typedef struct
{
  char         *key;
  const CcCode *type;
  gboolean      identifies; /* may decide on a victim's status */
  char         *language;
  char         *name;
  char        **words;  /* word sets for values, the best first */
  char         *format; /* xlsx, csv */
  char         *titles; /* separated by "|" */
  char         *mark;   /* practice mark */
  char         *total;  /* word of the totals row, "" where there is none */
  char         *ditto;  /* mark for "as above", "" where there is none */
  char         *separator;
  char         *map; /* map file text: what only a person can decide; NULL where nothing is */
  CcSpelling    spelling;
  guint         weight;   /* how often it meets victims */
  guint         birth[5]; /* of 100 rows: full date, 1 January, month, year, age instead */
  gboolean      upper;    /* writes names in capitals */
  gboolean      nil;
  gboolean      right_to_left;
  gboolean      groups; /* a second header row above, with merged cells */
  gboolean      machine_row;
  gboolean      month_sheets;
  gboolean      numbered; /* empty rows below the last, already numbered */
  gboolean      repeated; /* the header stands again after each page */
  gboolean      eastern_digits;
  GPtrArray    *sheets; /* CcSheetLayout* */
} CcAgencyKind;

/* How strongly records of one person disagree, in 10,000; see data/practice/noise.csv. */
typedef struct
{
  GHashTable *chances; /* name -> guint */
} CcNoise;

typedef struct _CcCrowd CcCrowd;

typedef struct
{
  CcPack       *pack;
  GPtrArray    *regions;   /* CcNameRegion* */
  GArray       *countries; /* CcPracticeCountry */
  CcCsvTable   *country_table;
  CcCsvTable   *word_table;
  GHashTable   *words;   /* "set/list/code" -> GStrv */
  GHashTable   *weights; /* list -> GArray of CcWeight */
  char        **aliases;
  GPtrArray    *kinds; /* CcAgencyKind* */
  CcNoise       noise;
  guint         own; /* index of the reporting country */
  const CcCode *stateless;
  CcCrowd      *crowd; /* names of a large country; NULL for an ordinary one */
} CcPracticeData;

/* One agency of this country: a kind, or a further one of the same kind. */
typedef struct
{
  const CcAgencyKind *kind;
  char               *key;
  char               *name;
} CcPracticeAgency;

/* The persons and cases as they truly are. */
typedef struct
{
  guint64       seed;        /* of everything that belongs to this person alone */
  guint64       family_seed; /* surname, father, town: siblings share it */
  guint         event;
  const CcCode *sex;
  CcDay         birth;
  guint         country; /* index of the main citizenship */
  CcCodeSet     citizenship;
  const CcCode *origin;
  const CcCode *recruited;
  CcCodeSet     exploited;
  CcCodeSet     forms;
  CcCodeSet     sectors;
  CcCodeSet     control;
  CcCodeSet     methods;
  const CcCode *flow;
  const CcCode *channel;
  const CcCode *status;
  CcInterval    detected; /* first contact with any agency */
  guint         first_agency;
  CcCodeSet     services[CC_PRACTICE_MAX_SERVICES];
  CcDay         service_days[CC_PRACTICE_MAX_SERVICES];
  guint         n_services;
  const CcCode *return_type; /* NULL where there was none */
  const CcCode *return_country;
  CcDay         returned;
} CcWorldVictim;

typedef struct
{
  guint64       seed;
  guint64       family_seed;
  guint         event;
  const CcCode *sex;
  CcDay         birth;
  guint         country;
  CcCodeSet     citizenship;
  CcCodeSet     roles;
  CcCodeSet     forms;
  CcDay         contact; /* CC_DAY_NONE where the step was not reached */
  CcDay         prosecuted;
  CcDay         judged;
  const CcCode *outcome;
  CcCodeSet     sentence;
  int           months;
} CcWorldPerpetrator;

typedef struct
{
  CcDay         day;
  guint         country; /* main citizenship of its victims */
  guint         victims;
  guint         perpetrators;
  const CcCode *exploited;
  CcDay         recorded; /* first record by any agency that opened a case; NONE where none did */
  CcDay         police;   /* days on which the agencies opened their files */
  CcDay         prosecution;
  CcDay         labour;
  guint         first_victim;
  guint         first_perpetrator;
  gboolean      stage_known;
} CcWorldEvent;

typedef enum
{
  CC_NOTE_VICTIM,
  CC_NOTE_PERPETRATOR,
  CC_NOTE_EVENT,
} CcNoteUnit;

/* What one row of one agency says about one person or case. First filled with what the agency means
 * to say; the cells then leave in it what a careful reader can take from the written texts. */
typedef struct
{
  CcNoteUnit    unit;
  guint         truth; /* index in the world */
  guint         agency;
  guint64       seed;
  CcDay         day;   /* of the contact */
  guint         sheet; /* where it was written: number of the sheet, row from 1 */
  guint         row;
  guint         order;          /* position among the agency's rows */
  gboolean      first_case_row; /* the first row that states the event */
  const CcCode *sex;
  CcInterval    birth;
  int           age_min; /* -1 not stated */
  int           age_max;
  CcInterval    detected;
  CcCodeSet     citizenship;
  const CcCode *origin;
  const CcCode *recruited;
  CcCodeSet     exploited;
  CcCodeSet     forms;
  CcCodeSet     sectors;
  CcCodeSet     control;
  CcCodeSet     methods;
  const CcCode *flow;
  const CcCode *channel;
  const CcCode *status;
  CcInterval    decided;
  CcCodeSet     services;
  CcInterval    service_from;
  const CcCode *return_type;
  const CcCode *return_country;
  CcInterval    returned;
  guint         event; /* of the case number, G_MAXUINT where none is stated */
  CcInterval    recorded;
  CcCodeSet     roles;
  CcInterval    contact;
  CcInterval    prosecuted;
  CcInterval    judged;
  const CcCode *outcome;
  CcCodeSet     sentence;
  int           months; /* -1 not stated */
  const CcCode *stage;
  CcInterval    stage_since;
  const CcCode *scope;
} CcNoteRow;

typedef struct
{
  const CcPracticeParams *params;
  CcPracticeData         *data;
  CcDay                   first;
  CcDay                   last;
  GPtrArray              *agencies; /* CcPracticeAgency* */
  GArray                 *victims;  /* CcWorldVictim */
  GArray                 *perpetrators;
  GArray                 *events;
  GArray                 *notes;        /* CcNoteRow, by agency and order */
  guint64                 first_victim; /* of a part of a large country: how many came before */
  guint64                 first_event;
} CcWorld;

/* cc-practice-random.c */
gboolean      cc_practice_chance (CcRandom *random, guint per_10000);
guint         cc_practice_spread (CcRandom *random, guint mean);
guint64       cc_practice_mix (guint64 a, guint64 b);
const CcCode *cc_practice_pick (GArray *weights, gboolean child, CcRandom *random);

/* cc-code-set.c */
void     cc_code_set_add (CcCodeSet *self, const CcCode *code);
void     cc_code_set_union (CcCodeSet *self, const CcCodeSet *other);
gboolean cc_code_set_has (const CcCodeSet *self, const CcCode *code);

/* cc-practice-data.c and cc-practice-layouts.c */
CcPracticeData    *cc_practice_data_load (const char *country, int level, GError **error);
void               cc_practice_data_free (CcPracticeData *self);
gboolean           cc_practice_layouts_load (CcPracticeData *self, GError **error);
void               cc_agency_kind_free (CcAgencyKind *self);
GArray            *cc_practice_data_weights (CcPracticeData *self, const char *list);
const char *const *cc_practice_data_words (CcPracticeData *self,
                                           const char     *set,
                                           const char     *list,
                                           const char     *code,
                                           guint          *n);
const CcCode      *cc_practice_data_code (CcPracticeData *self, const char *list, const char *code);
const char        *cc_practice_data_country_word (CcPracticeData *self,
                                                  const CcCode   *country,
                                                  const char     *language,
                                                  gboolean        adjective);
guint              cc_practice_noise_get (const CcNoise *self, const char *name);

/* cc-practice-names.c: what a person is called, and cc-practice-spelling.c: how it is written */
typedef struct
{
  char       *family[CC_PRACTICE_N_SPELLINGS];
  char       *given[2][CC_PRACTICE_N_SPELLINGS]; /* the second may be NULL */
  char       *other_family[CC_PRACTICE_N_SPELLINGS];
  char       *other_given[CC_PRACTICE_N_SPELLINGS];
  char       *father[CC_PRACTICE_N_SPELLINGS];
  char       *alias;
  const char *town;
  char       *document;
  char       *phone;
  const char *dial;
  CcSpelling  home;
} CcIdentity;

void        cc_practice_build_name (CcNameRegion *region, CcRandom *random, char **spelled);
CcIdentity *cc_identity_new (CcPracticeData *data,
                             guint64         seed,
                             guint64         family_seed,
                             guint           country,
                             gboolean        female);
void        cc_identity_free (CcIdentity *self);

/* The identifying texts of one row. Empty texts where the agency does not have them. */
typedef struct
{
  char *family;
  char *given;
  char *alias;
  char *father;
  char *town;
  char *document;
  char *phone;
} CcWrittenNames;

void cc_written_names_write (CcWrittenNames         *self,
                             CcPracticeData         *data,
                             const CcIdentity       *identity,
                             const CcPracticeAgency *agency,
                             guint64                 seed,
                             gboolean                single);
void cc_written_names_clear (CcWrittenNames *self);

/* cc-practice-crowd.c */
CcCrowd *cc_crowd_new (CcPracticeData *data, guint64 seed, guint persons);
void     cc_crowd_free (CcCrowd *self);
guint    cc_crowd_draw (const CcCrowd *self, guint kind, CcRandom *random, char **spelled);
guint    cc_crowd_count_phone_owners (const CcCrowd *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcIdentity, cc_identity_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPracticeData, cc_practice_data_free)

/* cc-practice-world.c, cc-practice-contacts.c */
CcWorld      *cc_world_new (const CcPracticeParams *params, CcPracticeData *data, GError **error);
void          cc_world_free (CcWorld *self);
void          cc_world_make_notes (CcWorld *self);
const CcCode *cc_world_event_scope (CcWorld *self, const CcWorldEvent *event);
const CcCode *
cc_world_event_stage (CcWorld *self, const CcWorldEvent *event, CcDay day, CcDay *since);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcWorld, cc_world_free)

/* cc-practice-cells.c and cc-practice-values.c: one cell of a row */
typedef struct
{
  char    *text; /* "" where the cell stays empty */
  gboolean is_number;
  double   number;
  gboolean is_date;
  CcDay    day;
} CcWrittenCell;

typedef struct
{
  CcWorld                *world;
  const CcPracticeAgency *agency;
  const CcSheetLayout    *layout;
  const CcNoteRow        *said; /* what the agency means */
  CcNoteRow              *read; /* what a careful reader of the cells takes */
  const CcWrittenNames   *names;
  guint                   serial; /* number of the row in its sheet */
  CcRandom                random;
} CcRowContext;

void cc_note_row_init (CcNoteRow *self,
                       CcNoteUnit unit,
                       guint      truth,
                       guint      agency,
                       guint64    seed,
                       CcDay      day);
void cc_written_cell_clear (CcWrittenCell *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CcWrittenCell, cc_written_cell_clear)

void cc_row_write_cell (CcRowContext *self, const CcColumnLayout *column, CcWrittenCell *cell);
const CcCode *cc_row_write_code (CcRowContext *self, const CcCode *code, GString *text);
void          cc_row_write_codes (CcRowContext    *self,
                                  const char      *list,
                                  const CcCodeSet *said,
                                  CcCodeSet       *read,
                                  CcWrittenCell   *cell);
void          cc_row_write_unknown (CcRowContext *self, CcWrittenCell *cell);
const CcCode *
cc_row_write_country (CcRowContext *self, const CcCode *country, const char *style, GString *text);
CcInterval
cc_row_write_date (CcRowContext *self, CcInterval date, const char *style, CcWrittenCell *cell);
void cc_row_write_age (CcRowContext *self, const char *style, CcWrittenCell *cell);

/* cc-practice-sheets.c and cc-practice-csv.c: one agency's file. Afterwards the notes of that
 * agency hold what can be read from it and where it stands. */
typedef void (*CcCellProbe) (const CcNoteRow      *note,
                             const CcColumnLayout *column,
                             const char           *text,
                             gpointer              user_data);

typedef struct
{
  CcWorld    *world;
  guint       agency;
  const char *path; /* NULL: nothing is written, the notes are only read */
  CcCellProbe probe;
  gpointer    probe_data;
  CcProgress *progress;
  guint       done; /* rows written into other agencies' files before */
} CcSheetJob;

gboolean cc_practice_write_file (const CcSheetJob *job, GError **error);

/* One agency's table that grows with each part of a large country. */
typedef struct _CcPracticeRegister CcPracticeRegister;
typedef void (*CcRowProbe) (const CcNoteRow *read, gpointer user_data);

CcPracticeRegister          *
cc_practice_register_new (CcWorld *world, guint agency, const char *path, GError **error);
void     cc_practice_register_free (CcPracticeRegister *self);
gboolean cc_practice_register_add (CcPracticeRegister *self,
                                   CcWorld            *world,
                                   CcCellProbe         cell,
                                   CcRowProbe          row,
                                   gpointer            user_data,
                                   GError            **error);
gboolean cc_practice_register_finish (CcPracticeRegister *self, guint *rows, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPracticeRegister, cc_practice_register_free)

GArray *cc_practice_agency_notes (CcWorld *world, guint agency, CcNoteUnit unit);
void    cc_practice_write_names (CcWorld *world, const CcNoteRow *note, CcWrittenNames *names);
char   *cc_practice_sheet_name (CcWorld *world, const CcAgencyKind *kind, CcDay day);

G_END_DECLS

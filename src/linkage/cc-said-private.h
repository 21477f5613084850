/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/linkage/cc-record-compare.h>

G_BEGIN_DECLS

/* A piece of what is said: one of several names, one code of a list. */
typedef struct
{
  CcLetterSpan  span; /* in the text */
  const CcCode *code; /* NULL where it is free text */
} CcSaidPart;

/* What one record says about one field. */
typedef struct
{
  GPtrArray *values; /* CcValue* (borrowed) that hold something */
  CcNoValue  no_value;
  char      *text;  /* NULL where nothing is said */
  GArray    *parts; /* CcSaidPart */
} CcSaid;

/* What a text is, and so how two of them are compared. */
typedef enum
{
  CC_SAID_WORDS,  /* names and places */
  CC_SAID_NUMBER, /* documents, case numbers, addresses of mail */
  CC_SAID_PHONE,
  CC_SAID_CODES,
  CC_SAID_DATE,
  CC_SAID_PLAIN,
} CcSaidKind;

void       cc_said_init (CcSaid *self);
void       cc_said_clear (CcSaid *self);
void       cc_said_take (CcSaid *self, CcValue *value);
void       cc_said_write (CcSaid *self, CcPack *pack, CcTexts *texts, const char *language);
void       cc_said_write_text (CcSaid *self, char *text);
CcSaidKind cc_said_get_kind (const CcVariable *variable);
CcCompareState
cc_said_relate (CcPack *pack, const CcVariable *variable, const CcSaid *a, const CcSaid *b);
CcCompareState cc_said_relate_words (CcPack *pack, const char *a, const char *b);
CcCompareState cc_said_relate_births (CcInterval a, CcInterval b);
void
cc_said_mark (CcSaidKind kind, const CcSaid *a, const CcSaid *b, GArray *spans_a, GArray *spans_b);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-pack.h>

/* Another classification, with one code of another name, and what leads to it. */
typedef struct
{
  char *folder;
  char *concordance; /* path of the file beside it */
} SecondPack;

void second_pack_make (SecondPack *self, CcPack *pack);
void second_pack_remove (SecondPack *self);

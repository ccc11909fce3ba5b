import type { z } from 'zod';
import { type Catalogue, type Product, productOf } from '../catalogue/index.ts';
import type { Register } from '../register/index.ts';
import type { Calls } from './call.ts';
import { Problem } from './problems.ts';
import { personId, personList, personParams, personView, productList, productParams, productView, searchPeople } from './schemas.ts';

export interface DirectoryCallOptions {
  readonly register: Pick<Register, 'peoplePages'>;
  readonly catalogue: () => Catalogue;
}

/** What can be asked for, and by whom: products with their forms, and people. */
export function directoryCalls(calls: Calls, { register, catalogue }: DirectoryCallOptions): void {
  calls.read({
    path: '/products',
    summary: 'List the products of the catalogue with their forms',
    scope: 'catalogue:read',
    tag: 'catalogue',
    answer: productList,
    handle: async () => ({ products: catalogue().products.map(renderProduct) }),
  });
  calls.read({
    path: '/products/:product',
    summary: 'Read a product with its form',
    scope: 'catalogue:read',
    tag: 'catalogue',
    params: productParams,
    answer: productView,
    handle: async ({ params }) => {
      const product = productOf(catalogue(), params.product);
      if (!product) throw new Problem('not-found');
      return renderProduct(product);
    },
  });
  calls.read({
    path: '/people',
    summary: 'Find people',
    scope: 'people:read',
    tag: 'people',
    query: searchPeople,
    answer: personList,
    handle: async ({ query }) => ({ people: (await register.peoplePages.search(query.search)).map((it) => ({ ...it })) }),
  });
  calls.read({
    path: '/people/:person',
    summary: 'Read a person',
    scope: 'people:read',
    tag: 'people',
    params: personParams,
    answer: personView,
    handle: async ({ params }) => {
      const id = personId(params.person);
      const page = id ? await register.peoplePages.page(id) : null;
      if (!page) throw new Problem('not-found');
      const { identities: _, same: __, joins: ___, ...person } = page;
      return person;
    },
  });
}

function renderProduct({ id, group, team, usualKind, name, description, restricted, fields }: Product): z.input<typeof productView> {
  return {
    id,
    group,
    team,
    kind: usualKind,
    name,
    description,
    restricted,
    fields: fields.map((field) => ({
      id: field.id,
      type: field.type,
      required: field.required,
      label: field.label,
      ask: field.ask,
      choices: field.choices.map((choice) => ({ id: choice.id, label: choice.label })),
    })),
  };
}

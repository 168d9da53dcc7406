/** For tests of implementations of `Store`, here and elsewhere. */

export { registerStoreContract, type ContractSubject } from './store-contract.ts'

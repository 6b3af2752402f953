// A small description of a server, in the form the real one has.
import type { OperationRule } from "../../src/explorer/operations";
import { readSchema } from "../../src/explorer/schema";

const XML = `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EnumType Name="riskLevel"><Member Name="low" Value="0"/><Member Name="medium" Value="1"/><Member Name="high" Value="2"/></EnumType>
<EnumType Name="control"><Member Name="block" Value="0"/><Member Name="mfa" Value="1"/></EnumType>
<EntityType Name="entity" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<EntityType Name="riskyUser" BaseType="graph.entity"><Property Name="riskLevel" Type="graph.riskLevel"/>
<Property Name="riskLastUpdatedDateTime" Type="Edm.DateTimeOffset"/><Property Name="isDeleted" Type="Edm.Boolean"/>
<NavigationProperty Name="history" Type="Collection(graph.riskyUser)" ContainsTarget="true"/></EntityType>
<EntityType Name="user" BaseType="graph.entity"><Property Name="displayName" Type="Edm.String"/><Property Name="status" Type="graph.status"/></EntityType>
<ComplexType Name="status"><Property Name="errorCode" Type="Edm.Int32"/></ComplexType>
<ComplexType Name="grant"><Property Name="builtInControls" Type="Collection(graph.control)" Nullable="false"/></ComplexType>
<EntityType Name="policy" BaseType="graph.entity"><Property Name="displayName" Type="Edm.String"/><Property Name="grantControls" Type="graph.grant"/></EntityType>
<EntityType Name="root"><NavigationProperty Name="riskyUsers" Type="Collection(graph.riskyUser)" ContainsTarget="true"/></EntityType>
<Action Name="dismiss" IsBound="true"><Parameter Name="bindingParameter" Type="Collection(graph.riskyUser)"/><Parameter Name="userIds" Type="Collection(Edm.String)"/></Action>
<EntityContainer Name="GraphService"><EntitySet Name="users" EntityType="microsoft.graph.user"/>
<EntitySet Name="policies" EntityType="microsoft.graph.policy"/>
<Singleton Name="identityProtection" Type="microsoft.graph.root"/><Singleton Name="me" Type="microsoft.graph.user"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`;

export const SCHEMA = readSchema(XML);

function rule(method: string, path: string, delegated: string[][], own: string[][] = []): OperationRule {
  return {
    method,
    path,
    isAnonymous: false,
    delegatedPermissions: delegated,
    delegatedPermissionsOnOneself: own,
    applicationPermissions: delegated,
    directoryRoles: [],
    isOpenToMembers: false,
  };
}

export const RULES: OperationRule[] = [
  rule("GET", "/users", [["User.Read.All"]]),
  rule("GET", "/users/$count", [["User.Read.All"]]),
  rule("GET", "/users/{id}", [["User.Read.All"], ["Directory.Read.All"]], [["User.Read"]]),
  rule("GET", "/applications/{id}", [["Application.Read.All"]]),
  rule("GET", "/applications/{appId=}", [["Application.Read.All", "User.Read"]]),
  rule("GET", "/identityProtection/riskyUsers", [["IdentityRiskyUser.Read.All"], ["IdentityRiskyUser.ReadWrite.All"]]),
  rule("GET", "/identityProtection/riskyUsers/{id}", [["IdentityRiskyUser.Read.All"]]),
  rule("GET", "/identityProtection/riskyUsers/{id}/history", [["IdentityRiskyUser.Read.All"]]),
  rule("POST", "/identityProtection/riskyUsers/dismiss", [["IdentityRiskyUser.ReadWrite.All"]]),
  rule("GET", "/strengths/{id}/usage()", [["Policy.Read.All"]]),
];

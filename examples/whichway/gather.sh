#!/bin/sh
# Fills a directory (the first argument, else ./world) with what whichway reads.
# Every call is read-only. What a role may not read is named and left out.
set -u
profiles=''
regions=''
world=${1:-world}

get() { # file, then the call
  file=$1
  shift
  if aws "$@" --output json >"$file.part"; then
    mv "$file.part" "$file"
  else
    rm -f "$file.part"
    echo "not gathered: $file" >&2
  fi
}
ids() { aws "$@" --output text | tr '\t' '\n' | grep -v '^None$'; }

for profile in ${profiles:-"${AWS_PROFILE:-default}"}; do
  export AWS_PROFILE="$profile"
  account=$(aws sts get-caller-identity --query Account --output text) || continue

  dir=$world/$account/global
  mkdir -p "$dir"
  for zone in $(ids route53 list-hosted-zones --query 'HostedZones[?Config.PrivateZone].Id'); do
    id=${zone##*/}
    get "$dir/hosted-zone-$id.json" route53 get-hosted-zone --id "$id"
    get "$dir/record-sets-$id.json" route53 list-resource-record-sets --hosted-zone-id "$id"
  done

  for region in ${regions:-"${AWS_REGION:-$(aws configure get region)}"}; do
    export AWS_REGION="$region" AWS_DEFAULT_REGION="$region"
    dir=$world/$account/$region
    mkdir -p "$dir"
    for what in vpcs subnets route-tables internet-gateways egress-only-internet-gateways \
      nat-gateways network-interfaces vpc-endpoints vpc-endpoint-services security-groups \
      network-acls vpc-peering-connections prefix-lists managed-prefix-lists \
      transit-gateway-attachments transit-gateway-vpc-attachments transit-gateway-route-tables; do
      get "$dir/$what.json" ec2 "describe-$what"
    done
    for vpc in $(ids ec2 describe-vpcs --query 'Vpcs[].VpcId'); do
      for attribute in enableDnsSupport enableDnsHostnames; do
        get "$dir/$attribute-$vpc.json" ec2 describe-vpc-attribute --vpc-id "$vpc" --attribute "$attribute"
      done
      get "$dir/zones-$vpc.json" route53 list-hosted-zones-by-vpc --vpc-id "$vpc" --vpc-region "$region"
    done
    for list in $(ids ec2 describe-managed-prefix-lists --query 'PrefixLists[].PrefixListId'); do
      get "$dir/entries-$list.json" ec2 get-managed-prefix-list-entries --prefix-list-id "$list"
    done
    for table in $(ids ec2 describe-transit-gateway-route-tables \
      --query 'TransitGatewayRouteTables[].TransitGatewayRouteTableId'); do
      get "$dir/routes-$table.json" ec2 search-transit-gateway-routes \
        --transit-gateway-route-table-id "$table" --filters Name=state,Values=active,blackhole
    done
    for what in resolver-rules resolver-rule-associations resolver-endpoints; do
      get "$dir/$what.json" route53resolver "list-$what"
    done
    get "$dir/profile-associations.json" route53profiles list-profile-associations
    for id in $(ids route53profiles list-profiles --query 'ProfileSummaries[].Id'); do
      get "$dir/profile-resources-$id.json" route53profiles list-profile-resource-associations --profile-id "$id"
    done
  done
done

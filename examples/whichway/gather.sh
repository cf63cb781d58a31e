#!/bin/sh
# Fills a directory (the first argument, else ./world) with what whichway reads.
# Every call is read-only. What a role may not read is named and left out.
# Exit status: 1 if the VPCs, subnets or route tables of an account and Region
# are missing, because nothing can be answered without them; else 0.
set -u
profiles=''
regions=''
world=${1:-world}
region_given=${AWS_REGION:-${AWS_DEFAULT_REGION:-}}
status=0

missing() { echo "not gathered: $*" >&2; }
get() { # file, then the call
  file=$1
  shift
  if aws "$@" --output json >"$file.part" </dev/null; then
    mv "$file.part" "$file"
  else
    rm -f "$file.part"
    missing "$file"
    false
  fi
}
ids() {
  if list=$(aws "$@" --output text </dev/null); then
    echo "$list" | tr '\t' '\n' | grep -v '^None$'
  else
    missing "what aws $* lists"
  fi
}

if ! command -v aws >/dev/null; then
  missing "anything: there is no aws, the AWS CLI, on the PATH"
  exit 1
fi

for profile in ${profiles:-"${AWS_PROFILE:-}"}; do
  [ -z "$profile" ] || export AWS_PROFILE="$profile"
  if ! account=$(aws sts get-caller-identity --query Account --output text </dev/null) || [ -z "$account" ]; then
    missing "the account of ${profile:-these credentials}: they do not work"
    status=1
    continue
  fi

  dir=$world/$account/global
  mkdir -p "$dir" || exit
  for zone in $(ids route53 list-hosted-zones --query 'HostedZones[?Config.PrivateZone].Id'); do
    id=${zone##*/}
    get "$dir/hosted-zone-$id.json" route53 get-hosted-zone --id "$id"
    get "$dir/record-sets-$id.json" route53 list-resource-record-sets --hosted-zone-id "$id"
  done

  for region in ${regions:-"${region_given:-$(aws configure get region </dev/null)}"}; do
    if [ -z "$region" ]; then
      missing "the account $account: no Region given, by -region, AWS_REGION or the profile"
      status=1
      continue
    fi
    export AWS_REGION="$region" AWS_DEFAULT_REGION="$region"
    dir=$world/$account/$region
    mkdir -p "$dir" || exit
    for what in vpcs subnets route-tables; do
      get "$dir/$what.json" ec2 "describe-$what" || status=1
    done
    for what in internet-gateways egress-only-internet-gateways nat-gateways network-interfaces \
      vpc-endpoints vpc-endpoint-services security-groups network-acls vpc-peering-connections \
      prefix-lists managed-prefix-lists transit-gateway-attachments transit-gateway-vpc-attachments \
      transit-gateway-route-tables; do
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
exit $status
